package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Effect.ArchiveMessages;
import dev.microcos.core.domain.log.Effect.StartAssistant;
import dev.microcos.core.domain.log.Effect.StopAssistant;
import dev.microcos.core.domain.log.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A commit as it is sealed into the log. */
public final class CommitJson {

  private CommitJson() {}

  /** A commit as UTF-8. */
  public static byte[] write(Commit commit) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("events");
      for (Event event : commit.events()) {
        EnvelopeJson.write(event, out);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("effects");
      for (Effect effect : commit.effects()) {
        out.writeStartObject();
        write(effect, out);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /**
   * The commit that was written.
   *
   * @param at when it was committed, which stands outside the seal
   */
  public static Commit read(byte[] json, Person person, Instant at) {
    JsonNode tree = Json.tree(json);
    List<Event> events = new ArrayList<>();
    for (JsonNode event : tree.path("events")) {
      events.add(new Event(Json.number(event, "seq"), at, EnvelopeJson.read(event, person)));
    }
    List<Effect> effects = new ArrayList<>();
    for (JsonNode effect : tree.path("effects")) {
      effects.add(effect(effect));
    }
    return new Commit(person, events, effects);
  }

  private static void write(Effect effect, JsonGenerator out) throws IOException {
    switch (effect) {
      case StartAssistant start -> {
        out.writeStringField("effect", "start_assistant");
        out.writeStringField("operation_id", start.operationId().value());
        out.writeStringField("conversation_id", start.conversationId().value());
      }
      case StopAssistant stop -> {
        out.writeStringField("effect", "stop_assistant");
        out.writeStringField("operation_id", stop.operationId().value());
      }
      case ArchiveMessages archive -> {
        out.writeStringField("effect", "archive_messages");
        out.writeStringField("event_id", archive.event().value());
      }
    }
  }

  private static Effect effect(JsonNode json) {
    String type = Json.text(json, "effect");
    return switch (type) {
      case "start_assistant" ->
          new StartAssistant(
              operation(json), new ConversationId(Json.text(json, "conversation_id")));
      case "stop_assistant" -> new StopAssistant(operation(json));
      case "archive_messages" -> new ArchiveMessages(new EventId(Json.text(json, "event_id")));
      default -> throw new UnknownTypeException("the effect " + type);
    };
  }

  private static OperationId operation(JsonNode json) {
    return new OperationId(Json.text(json, "operation_id"));
  }
}
