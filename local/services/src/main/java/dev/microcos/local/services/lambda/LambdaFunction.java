package dev.microcos.local.services.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.microcos.local.services.transport.JsonApi;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One function: a handler that was made once and serves any number of invocations side by side, on
 * the thread that calls. Lambda gives each invocation a sandbox of its own; here they share one, so
 * a handler must be safe for use by many threads.
 */
public final class LambdaFunction {

  private final FunctionConfiguration configuration;
  private final RequestHandler<Object, Object> handler;
  private final Watchdog watchdog;
  private final @Nullable Semaphore reserved;
  private final String logStream = "[$LATEST]" + UUID.randomUUID().toString().replace("-", "");

  /** A function around a handler. */
  @SuppressWarnings("unchecked") // which event a handler takes is known where its source is wired
  public LambdaFunction(
      FunctionConfiguration configuration, RequestHandler<?, ?> handler, Watchdog watchdog) {
    this.configuration = configuration;
    this.handler = (RequestHandler<Object, Object>) handler;
    this.watchdog = watchdog;
    this.reserved =
        configuration.reservedConcurrency().isPresent()
            ? new Semaphore(configuration.reservedConcurrency().getAsInt())
            : null;
  }

  /** What CloudFormation says about it. */
  public FunctionConfiguration configuration() {
    return configuration;
  }

  /**
   * Runs the handler on this thread and waits for it. When the timeout passes the thread is
   * interrupted; a handler that does not heed it runs on, and its result is thrown away.
   *
   * @return the handler's answer; nothing if it was null
   * @throws InvocationFailure if it threw, was too late or was not started
   */
  public <A> Optional<A> invoke(Object event, Class<A> answer) {
    if (reserved != null && !reserved.tryAcquire()) {
      throw new InvocationFailure.Throttled(configuration.name() + " runs as often as it may");
    }
    try {
      return Optional.ofNullable(answer.cast(run(event)));
    } finally {
      if (reserved != null) {
        reserved.release();
      }
    }
  }

  /**
   * Runs the handler as {@link #invoke} does, with an event that is given as JSON and read as the
   * type that the handler takes.
   *
   * @return the handler's answer as JSON, null for none
   * @throws InvocationFailure if it threw, was too late or was not started
   */
  public JsonNode invoke(JsonNode event) {
    Optional<Object> answer = invoke(eventOf(event), Object.class);
    return JsonApi.MAPPER.valueToTree(answer.orElse(null));
  }

  private Object eventOf(JsonNode event) {
    TypeFactory types = JsonApi.MAPPER.getTypeFactory();
    JavaType[] of =
        types.findTypeParameters(types.constructType(handler.getClass()), RequestHandler.class);
    JavaType type = of == null || of.length == 0 ? types.constructType(Object.class) : of[0];
    try {
      Object read = JsonApi.MAPPER.convertValue(event, type);
      return read == null ? Map.of() : read;
    } catch (IllegalArgumentException e) {
      throw new InvocationFailure.HandlerFailed(e);
    }
  }

  private @Nullable Object run(Object event) {
    long deadline = watchdog.nanoTime().getAsLong() + configuration.timeout().toNanos();
    FunctionContext context =
        new FunctionContext(configuration, logStream, deadline, watchdog.nanoTime());
    Watchdog.Watch watch = watchdog.watch(deadline);
    Object result = null;
    Throwable failure = null;
    try {
      result = handler.handleRequest(event, context);
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    if (watch.end()) {
      String message =
          context.getAwsRequestId()
              + " Task timed out after "
              + configuration.timeout().toMillis() / 1000.0
              + " seconds";
      throw new InvocationFailure.TimedOut(message, failure);
    }
    if (failure instanceof VirtualMachineError fatal) {
      throw fatal;
    }
    if (failure != null) {
      throw new InvocationFailure.HandlerFailed(failure);
    }
    return result;
  }
}
