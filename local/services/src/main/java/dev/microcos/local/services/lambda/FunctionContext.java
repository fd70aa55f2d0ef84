package dev.microcos.local.services.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a handler may ask about its invocation. */
final class FunctionContext implements Context {

  private static final System.Logger LOG = System.getLogger("lambda");

  private final FunctionConfiguration function;
  private final String logStream;
  private final long deadlineNanos;
  private final LongSupplier nanoTime;
  private @Nullable String requestId;

  FunctionContext(
      FunctionConfiguration function, String logStream, long deadlineNanos, LongSupplier nanoTime) {
    this.function = function;
    this.logStream = logStream;
    this.deadlineNanos = deadlineNanos;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized String getAwsRequestId() {
    String id = requestId;
    if (id == null) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      id =
          new UUID(
                  (random.nextLong() & ~0xF000L) | 0x4000L,
                  (random.nextLong() >>> 2) | Long.MIN_VALUE)
              .toString();
      requestId = id;
    }
    return id;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function.name();
  }

  @Override
  public String getLogStreamName() {
    return logStream;
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return function.arn();
  }

  @Override
  @SuppressWarnings("NullAway") // AWS's interface is not annotated; without Cognito there is none
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  @SuppressWarnings("NullAway") // AWS's interface is not annotated; only mobile clients have one
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, (deadlineNanos - nanoTime.getAsLong()) / 1_000_000);
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memoryMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return new Log(function.name());
  }

  private record Log(String name) implements LambdaLogger {
    @Override
    public void log(String message) {
      LOG.log(System.Logger.Level.INFO, "{0}: {1}", name, message);
    }

    @Override
    public void log(byte[] message) {
      log(new String(message, StandardCharsets.UTF_8));
    }
  }
}
