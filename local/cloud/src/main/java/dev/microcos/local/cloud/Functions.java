package dev.microcos.local.cloud;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.aws.Host;
import dev.microcos.local.cloud.template.Blueprint;
import dev.microcos.local.services.lambda.FunctionConfiguration;
import dev.microcos.local.services.lambda.FunctionRegistry;
import dev.microcos.local.services.lambda.LambdaFunction;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The functions of the template. They are made side by side, from their class names alone, by the
 * constructor that takes a {@link Host}.
 */
final class Functions implements AutoCloseable {
  private final Map<String, RequestHandler<?, ?>> handlers = new HashMap<>();
  private final FunctionRegistry registry = new FunctionRegistry(this::handler);

  /** Makes all functions and returns when they are ready to be called. */
  void start(List<Blueprint.Function> functions, Hosts hosts) {
    Map<Blueprint.Function, CompletableFuture<RequestHandler<?, ?>>> making = new HashMap<>();
    for (Blueprint.Function function : functions) {
      Host host = hosts.host(function.variables());
      making.put(function, SideBySide.begin(() -> make(function, host)));
    }
    for (Blueprint.Function function : functions) {
      CompletableFuture<RequestHandler<?, ?>> made = making.get(function);
      if (made != null) {
        handlers.put(function.handler(), SideBySide.end(made));
      }
      LambdaFunction _ = registry.add(configuration(function));
    }
  }

  /**
   * The function with this name or ARN.
   *
   * @throws CloudException if there is none
   */
  LambdaFunction find(String nameOrArn) {
    return registry
        .find(nameOrArn)
        .orElseThrow(() -> new CloudException("the template has no function " + nameOrArn));
  }

  /** Calls a function by its ARN, which may name an alias, with an event as JSON. */
  void invoke(String arn, JsonNode event) {
    String[] parts = arn.split(":", -1);
    String function = parts.length > 7 ? arn.substring(0, arn.lastIndexOf(':')) : arn;
    JsonNode _ = find(function).invoke(event);
  }

  private static FunctionConfiguration configuration(Blueprint.Function function) {
    return new FunctionConfiguration(
        function.name(),
        function.arn(),
        function.handler(),
        function.memoryMegabytes(),
        function.timeout(),
        function.reservedConcurrency());
  }

  private RequestHandler<?, ?> handler(String className) {
    RequestHandler<?, ?> handler = handlers.get(className);
    if (handler == null) {
      throw new CloudException(className + " is the handler of no function");
    }
    return handler;
  }

  private static RequestHandler<?, ?> make(Blueprint.Function function, Host host) {
    try {
      return Class.forName(function.handler())
          .asSubclass(RequestHandler.class)
          .getConstructor(Host.class)
          .newInstance(host);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      String why = cause instanceof IllegalStateException ? cause.getMessage() : "" + cause;
      throw new CloudException(function.logicalId() + " does not start: " + why, e);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new CloudException(
          function.logicalId()
              + ": "
              + function.handler()
              + " must be a RequestHandler with a public constructor that takes a Host",
          e);
    }
  }

  @Override
  public void close() {
    registry.close();
  }
}
