package dev.microcos.local.services.apigateway;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps answers of server-sent events open. A function answers with the events that are there, and
 * a browser would ask again after the answer's {@code retry}, with {@code Last-Event-ID}; here that
 * is done for it, route and authorizer included, and what is new goes out in the same response. It
 * ends with the first answer that is anything else, which the caller gets when it asks again, after
 * two hours, as a socket does, and when the front closes.
 */
final class EventStreams {

  /** Where an answer does not say; the standard leaves it to the browser, "a few seconds". */
  private static final Duration RETRY = Duration.ofSeconds(3);

  private static final Duration SHORTEST_RETRY = Duration.ofMillis(10);

  /** As the standard advises, for the sake of proxies that give up on who says nothing. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

  /** A line that means nothing: whether the caller is still there shows when it is written. */
  private static final String KEEP_ALIVE = ":\n\n";

  private final HttpApi api;
  private final CountDownLatch closing;
  private final Duration longestSilence;

  /** Streams of this API, until the latch opens. */
  EventStreams(HttpApi api, CountDownLatch closing) {
    this(api, closing, LONGEST_SILENCE);
  }

  EventStreams(HttpApi api, CountDownLatch closing, Duration longestSilence) {
    this.api = api;
    this.closing = closing;
    this.longestSilence = longestSilence;
  }

  /** Whether an answer is to stay open: events, asked for by what may be asked again. */
  static boolean isOne(FrontRequest request, FrontResponse answer) {
    return request.method().equals("GET") && SentEvents.are(answer);
  }

  /** Sends the answer and all that follows it; returns when it is over. */
  void send(FrontRequest request, FrontResponse first, Response response, Callback callback) {
    FrontHandler.begin(first.without("content-length"), response);
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      follow(request, first, out);
    } catch (IOException e) {
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }

  /** Writes the answer and all that follows it. */
  void follow(FrontRequest request, FrontResponse first, OutputStream out) throws IOException {
    Instant end = api.clock().instant().plus(SocketApi.LONGEST_LIFE);
    SentEvents events = SentEvents.read(first.body());
    write(events.text(), out);
    FrontRequest next = behind(events, request);
    Duration retry = events.retry().orElse(RETRY);
    Duration left = retry;
    while (!closesWithin(left) && api.clock().instant().isBefore(end)) {
      left = left.minus(longestSilence);
      if (left.isPositive()) {
        write(KEEP_ALIVE, out);
        continue;
      }
      FrontResponse answer = api.handle(next);
      if (!isOne(next, answer)) {
        return;
      }
      events = SentEvents.read(answer.body());
      write(events.isEmpty() ? KEEP_ALIVE : events.text(), out);
      next = behind(events, next);
      retry = events.retry().orElse(retry);
      left = retry;
    }
  }

  private static void write(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static FrontRequest behind(SentEvents events, FrontRequest request) {
    if (events.lastId().isEmpty()) {
      return request;
    }
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.put("last-event-id", events.lastId().get());
    return request.with(headers);
  }

  /** Waits as long as it takes, but not longer than a stream may be silent. */
  private boolean closesWithin(Duration left) {
    Duration most = left.compareTo(longestSilence) > 0 ? longestSilence : left;
    Duration wait = most.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : most;
    try {
      return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
