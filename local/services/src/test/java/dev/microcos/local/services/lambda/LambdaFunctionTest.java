package dev.microcos.local.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LambdaFunctionTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Watchdog watchdog = new Watchdog(nanos::get);

  private LambdaFunction function(OptionalInt reserved, RequestHandler<String, String> handler) {
    FunctionConfiguration configuration =
        new FunctionConfiguration(
            "hello", "arn:hello", "Hello", 256, Duration.ofSeconds(3), reserved);
    return new LambdaFunction(configuration, handler, watchdog);
  }

  @Test
  void a_handler_gets_its_event_and_its_context() {
    AtomicReference<Context> seen = new AtomicReference<>();
    LambdaFunction hello =
        function(
            OptionalInt.empty(),
            (event, context) -> {
              nanos.addAndGet(1_000_000_000);
              seen.set(context);
              return "hello " + event + " " + context.getRemainingTimeInMillis();
            });
    assertThat(hello.invoke("you", String.class)).hasValue("hello you 2000");
    Context context = Objects.requireNonNull(seen.get());
    assertThat(context.getAwsRequestId()).hasSize(36).isEqualTo(context.getAwsRequestId());
    assertThat(context.getFunctionName()).isEqualTo("hello");
    assertThat(context.getFunctionVersion()).isEqualTo("$LATEST");
    assertThat(context.getInvokedFunctionArn()).isEqualTo("arn:hello");
    assertThat(context.getMemoryLimitInMB()).isEqualTo(256);
    assertThat(context.getLogGroupName()).isEqualTo("/aws/lambda/hello");
  }

  @Test
  void what_a_handler_throws_is_told() {
    LambdaFunction broken =
        function(
            OptionalInt.empty(),
            (event, context) -> {
              throw new IllegalStateException("no");
            });
    assertThatThrownBy(() -> broken.invoke("", String.class))
        .isInstanceOf(InvocationFailure.HandlerFailed.class)
        .hasMessage("no")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void one_that_is_too_slow_is_interrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    LambdaFunction slow =
        function(
            OptionalInt.empty(),
            (event, context) -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "";
            });
    Thread caller =
        Thread.startVirtualThread(() -> {
          try {
            slow.invoke("", String.class);
          } catch (InvocationFailure e) {
            outcome.set(e);
          }
        });
    begun.await();
    nanos.addAndGet(Duration.ofSeconds(3).toNanos() - 1);
    watchdog.round();
    assertThat(outcome.get()).isNull();
    nanos.incrementAndGet();
    watchdog.round();
    caller.join();
    assertThat(outcome.get())
        .isInstanceOf(InvocationFailure.TimedOut.class)
        .hasMessageEndingWith("Task timed out after 3.0 seconds");
  }

  @Test
  void more_than_the_reserved_concurrency_is_throttled() {
    AtomicReference<LambdaFunction> self = new AtomicReference<>();
    LambdaFunction recursive =
        function(
            OptionalInt.of(1),
            (event, context) ->
                Objects.requireNonNull(self.get()).invoke("again", String.class).orElse(""));
    self.set(recursive);
    assertThatThrownBy(() -> recursive.invoke("once", String.class))
        .hasCauseInstanceOf(InvocationFailure.Throttled.class);
  }

  @Test
  void a_registry_knows_functions_by_name_and_arn() {
    try (FunctionRegistry registry =
        new FunctionRegistry(handler -> (RequestHandler<String, String>) (e, c) -> handler + e)) {
      FunctionConfiguration configuration =
          new FunctionConfiguration(
              "one", "arn:one", "One", 128, Duration.ofSeconds(1), OptionalInt.empty());
      registry.add(configuration);
      assertThat(registry.find("arn:one").orElseThrow().invoke("!", String.class)).hasValue("One!");
      assertThat(registry.find("one")).isPresent();
      assertThat(registry.find("two")).isEmpty();
      assertThatThrownBy(() -> registry.add(configuration))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
