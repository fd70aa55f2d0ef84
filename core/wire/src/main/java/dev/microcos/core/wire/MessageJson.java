package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.user.Message;
import java.util.ArrayList;
import java.util.List;

/** Messages as they are archived: the rows of the view with their ids. */
public final class MessageJson {

  private MessageJson() {}

  /** Messages as UTF-8. */
  public static byte[] write(List<Message> messages) {
    return Json.bytes(out -> {
      out.writeStartArray();
      for (Message message : messages) {
        View.row(message, out);
      }
      out.writeEndArray();
    });
  }

  /** The messages that were written. */
  public static List<Message> read(JsonNode array) {
    List<Message> messages = new ArrayList<>(array.size());
    array.forEach(each -> messages.add(message(each)));
    return messages;
  }

  static Message message(JsonNode json) {
    return new Message(
        Json.text(json, "id"),
        Json.constant(Message.Role.class, Json.text(json, "role")),
        Json.text(json, "text"),
        Json.constant(Message.Status.class, Json.text(json, "status")),
        Json.instant(json, "at"),
        Json.number(json, "seq"),
        new ConversationId(Json.text(json, "conversation_id")),
        json.path("attempt").asInt(),
        json.has("failure") ? failure(json.path("failure")) : null);
  }

  private static Message.Failure failure(JsonNode json) {
    return new Message.Failure(Json.text(json, "code"), Json.text(json, "detail"));
  }
}
