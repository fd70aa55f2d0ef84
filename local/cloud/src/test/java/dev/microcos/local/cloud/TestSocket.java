package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A socket and all frames that came over it, each with its schema checked. */
final class TestSocket implements WebSocket.Listener {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Queue<JsonNode> frames = new ConcurrentLinkedQueue<>();
  private final StringBuilder part = new StringBuilder();
  private volatile @Nullable WebSocket socket;
  private volatile int closeCode;
  private int checked;

  private TestSocket() {}

  static TestSocket open(HttpClient http, String url) {
    TestSocket made = new TestSocket();
    made.socket = http.newWebSocketBuilder().buildAsync(URI.create(url), made).join();
    return made;
  }

  void send(String text) {
    WebSocket _ = open().sendText(text, true).join();
  }

  void send(byte[] bytes) {
    WebSocket _ = open().sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** Cuts the connection without a word. */
  void kill() {
    open().abort();
  }

  /** All frames so far, each as the document has it. */
  List<JsonNode> frames() {
    List<JsonNode> all = List.copyOf(frames);
    for (; checked < all.size(); checked++) {
      TestPerson.fits(AsyncApi.schemaOf(all.get(checked)), all.get(checked));
    }
    return all;
  }

  /** All frames so far of one type. */
  List<JsonNode> frames(String type) {
    return frames().stream().filter(frame -> TestPerson.type(frame).equals(type)).toList();
  }

  /** The first such frame, which may have come already. */
  JsonNode first(Predicate<JsonNode> wanted) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> frames.stream().anyMatch(wanted));
    return frames.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** What was shown of an answer, joined. */
  String text(String operationId) {
    StringBuilder text = new StringBuilder();
    frames("llm.token").stream()
        .filter(token -> token.path("operation_id").asText().equals(operationId))
        .forEach(token -> text.append(token.path("text").asText()));
    return text.toString();
  }

  /** The state that a page has which applied all frames. */
  JsonNode folded() {
    JsonNode state = MissingNode.getInstance();
    for (JsonNode frame : frames) {
      switch (TestPerson.type(frame)) {
        case "snapshot" -> state = frame.path("state");
        case "commit" -> state = merged(state, frame.path("patch"));
        default -> {}
      }
    }
    return state;
  }

  /** A value after a merge patch (RFC 7396). */
  static JsonNode merged(JsonNode value, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode merged = value.isObject() ? value.deepCopy() : JsonNodeFactory.instance.objectNode();
    patch
        .properties()
        .forEach(change -> {
          if (change.getValue().isNull()) {
            merged.remove(change.getKey());
          } else {
            merged.set(change.getKey(), merged(merged.path(change.getKey()), change.getValue()));
          }
        });
    return merged;
  }

  /** The commit frame that brings an event of this type about this operation. */
  JsonNode event(String type, String operationId) {
    return first(frame ->
        frame
            .path("events")
            .valueStream()
            .anyMatch(event ->
                event.path("type").asText().equals(type)
                    && event.path("operation_id").asText().equals(operationId)));
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      frames.add(TestPerson.read(part.toString()));
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeCode = code;
    return null;
  }

  /** With which code the server closed it; 0 if it has not. */
  int closeCode() {
    return closeCode;
  }

  private WebSocket open() {
    WebSocket present = socket;
    if (present == null) {
      throw new IllegalStateException("the socket is not open");
    }
    return present;
  }
}
