package dev.microcos.local.cloud;

import dev.microcos.local.services.transport.AwsCalls;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets a function die at one point of its work, once: its invocation ends there, and its messages
 * come again when their visibility timeout is over, as when Lambda loses the machine under it. What
 * the function keeps in memory survives, so a stale memory is part of the test.
 */
final class Crashes {
  /** The condition of a put that appends to a log: its place is free. */
  private static final String APPENDS = "\"ConditionExpression\":\"attribute_not_exists(sk)\"";

  /** What is added in an update that takes a job on. */
  private static final String CLAIMS = "ADD attempt :one";

  /** What a message to the inbox holds that ends a job, as it stands in the call's JSON. */
  private static final String REPORTS = "\\\"type\\\":\\\"assistant.";

  private final AtomicReference<@Nullable Point> armed = new AtomicReference<>();
  private volatile @Nullable Thread committed;

  /** Where a function can die. */
  enum Point {
    /** The events are decided and not written. */
    BEFORE_COMMIT,
    /** They are written, and the function does not know. */
    AFTER_COMMIT,
    /** Of what follows from them one call is made and the others are not. */
    BETWEEN_EFFECTS,
    /** All is done, and the queue is not told. */
    BEFORE_ACK,
    /** The assistant has taken a job on, and nothing more. */
    ASSISTANT_CLAIMED,
    /** The assistant has shown the whole answer, and not told the inbox. */
    ASSISTANT_REPORTS,
    /** The assistant has told the inbox, and its account of the call is open. */
    ASSISTANT_REPORTED;

    String written() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The point of that name.
     *
     * @throws IllegalArgumentException naming the points that there are
     */
    static Point named(String name) {
      return Arrays.stream(values())
          .filter(point -> point.written().equals(name))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "crash_at is one of " + Arrays.stream(values()).map(Point::written).toList()));
    }
  }

  /** The end of an invocation; no function catches an error. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash(Point at) {
      super("the function died at " + at.written() + ", as it was asked to", null, false, false);
    }
  }

  /** Dies at this point when a function next comes to it; nowhere if there is none. */
  void arm(Optional<Point> point) {
    committed = null;
    armed.set(point.orElse(null));
  }

  /** The point that no function has come to yet. */
  Optional<Point> armed() {
    return Optional.ofNullable(armed.get());
  }

  /** The calls of the functions, some of which are their last. */
  AwsCalls around(AwsCalls calls) {
    return request -> armed.get() == null ? calls.call(request) : watched(request, calls);
  }

  /** Whether the acknowledgement that is about to be sent is lost. */
  boolean losesAcknowledgement() {
    return armed.compareAndSet(Point.BEFORE_ACK, null);
  }

  private AwsResponse watched(AwsRequest request, AwsCalls calls) {
    if (holds(request, "UpdateItem", CLAIMS)) {
      return after(Point.ASSISTANT_CLAIMED, calls.call(request));
    }
    if (holds(request, "SendMessage", REPORTS)) {
      dieAt(Point.ASSISTANT_REPORTS);
      return after(Point.ASSISTANT_REPORTED, calls.call(request));
    }
    if (!holds(request, "PutItem", APPENDS)) {
      AwsResponse response = calls.call(request);
      if (Thread.currentThread().equals(committed)) {
        dieAt(Point.BETWEEN_EFFECTS);
      }
      return response;
    }
    dieAt(Point.BEFORE_COMMIT);
    AwsResponse response = after(Point.AFTER_COMMIT, calls.call(request));
    if (response.status() == 200) {
      committed = Thread.currentThread();
    }
    return response;
  }

  /** A call that did not pass is no such point. */
  private AwsResponse after(Point point, AwsResponse response) {
    if (response.status() == 200) {
      dieAt(point);
    }
    return response;
  }

  private void dieAt(Point point) {
    if (armed.compareAndSet(point, null)) {
      committed = null;
      throw new Crash(point);
    }
  }

  private static boolean holds(AwsRequest request, String operation, String text) {
    return request.operation().equals(operation)
        && new String(request.body(), StandardCharsets.UTF_8).contains(text);
  }
}
