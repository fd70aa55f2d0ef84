package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A person's frames in order. A socket that breaks is opened again after the newest seq that was
 * seen, so no commit is lost; tokens sent in between are not repeated by the server.
 */
final class Frames implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final JsonNode CLOSED = Json.object().put("type", "closed");

  private final HttpClient http;
  private final Client client;
  private final BlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
  private final Consumer<Frames> opened;
  private WebSocket socket;
  private long seq;
  private int lost;

  Frames(HttpClient http, Client client, long after, Consumer<Frames> opened) {
    this.http = http;
    this.client = client;
    this.seq = after;
    this.opened = opened;
    this.socket = open();
    opened.accept(this);
  }

  /** The next frame, or nothing if none came in this time. */
  Optional<JsonNode> next(Duration patience) {
    JsonNode frame = take(patience);
    if (frame == null) {
      return Optional.empty();
    }
    if (Json.text(frame, "type").equals("closed")) {
      lost++;
      if (lost > ATTEMPTS) {
        throw Failure.unreachable("the connection was lost", "see ./microcos doctor");
      }
      socket = open();
      opened.accept(this);
      return next(patience);
    }
    if (Json.text(frame, "type").equals("run")) {
      return Optional.of(frame);
    }
    if (frame.path("fetch").asBoolean()) {
      return Optional.of(fetched(frame));
    }
    seq = Math.max(seq, frame.path("seq").asLong(seq));
    return Optional.of(frame);
  }

  /** The newest seq that was seen. */
  long seq() {
    return seq;
  }

  /** Sends a frame to the server. */
  void send(JsonNode frame) {
    join(socket.sendText(Json.line(frame), true));
  }

  @Override
  public void close() {
    socket.abort();
  }

  private WebSocket open() {
    JsonNode ticket = client.post("/v1/socket-tickets", Json.object());
    String url = Json.text(ticket, "url");
    if (!url.contains("ticket=")) {
      String value = URLEncoder.encode(Json.text(ticket, "ticket"), StandardCharsets.UTF_8);
      url = url + (url.contains("?") ? "&" : "?") + "ticket=" + value;
    }
    WebSocket opened =
        join(http.newWebSocketBuilder().buildAsync(URI.create(url), new Listener(arrived)));
    join(opened.sendText(Json.line(Json.object().put("action", "sync").put("after", seq)), true));
    return opened;
  }

  /** What a frame that was too large to send stands for. */
  private JsonNode fetched(JsonNode frame) {
    return Json.text(frame, "type").equals("snapshot")
        ? snapshot()
        : commit(frame.path("seq").asLong());
  }

  private JsonNode snapshot() {
    JsonNode page = client.get("/v1/state");
    seq = Math.max(seq, page.path("seq").asLong());
    return Json.object().put("type", "snapshot").put("seq", seq).set("state", page.path("state"));
  }

  /** All events behind the newest that was seen, however many pages they are. */
  private JsonNode commit(long newest) {
    ObjectNode frame = Json.object().put("type", "commit").put("from", seq);
    ArrayNode events = frame.putArray("events");
    JsonNode page = after(seq);
    while (!page.isEmpty()) {
      for (JsonNode event : page) {
        events.add(event);
        seq = Math.max(seq, event.path("seq").asLong());
      }
      page = after(seq);
    }
    seq = Math.max(seq, newest);
    return frame.put("seq", seq);
  }

  private JsonNode after(long last) {
    return client.get("/v1/events?after=" + last + "&limit=200").path("events");
  }

  private @Nullable JsonNode take(Duration patience) {
    try {
      return arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw client.unreachable(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Puts whole frames into the queue. */
  private record Listener(BlockingQueue<JsonNode> arrived, StringBuilder partial)
      implements WebSocket.Listener {
    Listener(BlockingQueue<JsonNode> arrived) {
      this(arrived, new StringBuilder());
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        arrived.add(Json.read(partial.toString()));
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      arrived.add(CLOSED);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      arrived.add(CLOSED);
    }
  }
}
