package dev.microcos.local.services.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The functions of the local cloud, by name and by ARN. Filled at start, read afterwards. */
public final class FunctionRegistry implements AutoCloseable {

  private final Function<String, RequestHandler<?, ?>> factory;
  private final Watchdog watchdog = Watchdog.start();
  private final Map<String, LambdaFunction> byName = new LinkedHashMap<>();
  private final Map<String, LambdaFunction> byArn = new LinkedHashMap<>();

  /**
   * A registry that has its handlers made from their class names; the factory throws for what it
   * does not know.
   */
  public FunctionRegistry(Function<String, RequestHandler<?, ?>> factory) {
    this.factory = factory;
  }

  /**
   * Makes the handler, which is what Lambda does before the first invocation, and keeps the
   * function.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public LambdaFunction add(FunctionConfiguration configuration) {
    LambdaFunction function =
        new LambdaFunction(configuration, factory.apply(configuration.handler()), watchdog);
    if (byName.putIfAbsent(configuration.name(), function) != null) {
      throw new IllegalArgumentException("two functions are called " + configuration.name());
    }
    byArn.put(configuration.arn(), function);
    return function;
  }

  /** The function with this name or ARN. */
  public Optional<LambdaFunction> find(String nameOrArn) {
    LambdaFunction named = byName.get(nameOrArn);
    return Optional.ofNullable(named != null ? named : byArn.get(nameOrArn));
  }

  /** All functions in the order in which they were added. */
  public Collection<LambdaFunction> all() {
    return java.util.Collections.unmodifiableCollection(byName.values());
  }

  /** Ends the watch over timeouts; running invocations go on. */
  @Override
  public void close() {
    watchdog.close();
  }
}
