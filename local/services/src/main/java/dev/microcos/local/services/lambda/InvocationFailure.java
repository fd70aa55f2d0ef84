package dev.microcos.local.services.lambda;

import org.jspecify.annotations.Nullable;

/** Why an invocation gave no result. */
public abstract sealed class InvocationFailure extends RuntimeException {

  private InvocationFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The handler threw; the cause says what. Its message is the cause's. */
  public static final class HandlerFailed extends InvocationFailure {
    HandlerFailed(Throwable cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** The function's timeout passed; the handler was interrupted. */
  public static final class TimedOut extends InvocationFailure {
    TimedOut(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The reserved concurrency is used up; nothing ran. AWS's TooManyRequestsException, 429. */
  public static final class Throttled extends InvocationFailure {
    Throttled(String message) {
      super(message, null);
    }
  }
}
