package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;

/** One message and its answer: sends the one, follows the other as it streams. */
final class Turn {
  /** Longer than the assistant may run. */
  private static final Duration PATIENCE = Duration.ofSeconds(330);

  private final Frames frames;
  private final String operationId;
  private final String eventId;
  private final Consumer<String> out;
  private final StringBuilder shown = new StringBuilder();
  private int attempt = 0;
  private long index = -1;

  private Turn(Frames frames, JsonNode accepted, Consumer<String> out) {
    this.frames = frames;
    this.operationId = Json.text(accepted, "operation_id");
    this.eventId = Json.text(accepted, "event_id");
    this.out = out;
  }

  /** Says the text; its answer is followed by {@link #follow}. */
  static Turn say(Client client, Frames frames, String text, Consumer<String> out) {
    ObjectNode body = Json.object().put("text", text).put("client_action_id", Ids.actionId());
    return new Turn(frames, client.post("/v1/messages", body), out);
  }

  /** The answer's id. */
  String operationId() {
    return operationId;
  }

  /** The id of what was said. */
  String eventId() {
    return eventId;
  }

  /** Asks the server to stop this answer. */
  void cancel() {
    frames.send(Json.object().put("action", "cancel").put("operation_id", operationId));
  }

  /**
   * Gives the answer's pieces to the consumer as they come, and its whole text at the end.
   *
   * @throws Failure if the answer failed, was cancelled or refused, or does not come
   */
  String follow() {
    while (true) {
      JsonNode frame =
          frames
              .next(PATIENCE)
              .orElseThrow(() -> Failure.failed("no answer came in time", "see ./microcos state"));
      switch (Json.text(frame, "type")) {
        case "llm.token" -> token(frame);
        case "error" -> throw Failure.failed(Json.text(frame, "detail"), "see ./microcos events");
        case "snapshot" -> {
          JsonNode message = frame.path("state").path("messages").path(operationId);
          String status = Json.text(message, "status");
          if (!status.isEmpty() && !status.equals("streaming")) {
            return ended(status, Json.text(message, "text"), reason(message.path("failure")));
          }
        }
        case "commit" -> {
          for (JsonNode event : frame.path("events")) {
            String end = endOf(event);
            JsonNode payload = event.path("payload");
            if (!end.isEmpty()) {
              return ended(end, Json.text(payload, "text"), reason(payload));
            }
          }
        }
        default -> {}
      }
    }
  }

  private void token(JsonNode frame) {
    if (!Json.text(frame, "operation_id").equals(operationId)) {
      return;
    }
    int its = frame.path("attempt").asInt();
    if (its > attempt) {
      if (!shown.isEmpty()) {
        out.accept("\n");
      }
      attempt = its;
      index = -1;
      shown.setLength(0);
    }
    if (its == attempt && frame.path("index").asLong() > index) {
      index = frame.path("index").asLong();
      show(Json.text(frame, "text"));
    }
  }

  private void show(String text) {
    shown.append(text);
    out.accept(text);
  }

  private String endOf(JsonNode event) {
    String type = Json.text(event, "type");
    if (type.equals("rejected") && Json.text(event, "causation_id").equals(eventId)) {
      return "rejected";
    }
    if (!Json.text(event, "operation_id").equals(operationId)) {
      return "";
    }
    return switch (type) {
      case "assistant.message" ->
          Json.text(event.path("payload"), "stop_reason").equals("cancelled")
              ? "cancelled"
              : "complete";
      case "assistant.failed" -> "failed";
      case "operation.cancelled" -> "cancelled";
      default -> "";
    };
  }

  private static String reason(JsonNode payload) {
    String detail = Json.text(payload, "detail");
    String reason = detail.isEmpty() ? Json.text(payload, "reason") : detail;
    return reason.isEmpty() ? Json.text(payload, "code") : reason;
  }

  /** The final text is the truth; what tokens missed of it is shown now. */
  private String ended(String status, String text, String reason) {
    if (status.equals("complete")) {
      if (text.startsWith(shown.toString())) {
        out.accept(text.substring(shown.length()));
      } else {
        out.accept("\n" + text);
      }
      return text;
    }
    String what =
        switch (status) {
          case "cancelled" -> "the answer was stopped";
          case "rejected" -> "the message was refused";
          default -> "the answer failed";
        };
    throw Failure.failed(
        reason.isEmpty() ? what : what + ": " + reason,
        status.equals("failed") ? "see ./microcos doctor for the model" : "see ./microcos events");
  }
}
