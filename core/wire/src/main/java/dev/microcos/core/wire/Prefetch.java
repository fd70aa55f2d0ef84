package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.CalendarEventRemoved;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.PreferencesUpdated;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.log.UserFact.TaskUpdated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import java.io.IOException;

/**
 * What a page may show before the commit: the merge patch that the envelope would make, if nothing
 * speaks against it. Nothing is read for it.
 */
public final class Prefetch {

  private Prefetch() {}

  /** Writes the patch. */
  public static void write(Envelope envelope, JsonGenerator out) throws IOException {
    switch (envelope.fact()) {
      case UserMessage said -> said(envelope, out);
      case TaskCreated created -> evolved(envelope, out);
      case PreferencesUpdated updated -> evolved(envelope, out);
      case CalendarEventAdded added -> evolved(envelope, out);
      case CalendarEventRemoved removed -> gone("calendar", removed.calendarEventId().value(), out);
      case TaskUpdated updated -> {
        out.writeStartObject();
        out.writeObjectFieldStart("tasks");
        out.writeFieldName(updated.taskId().value());
        TaskJson.changes(updated.changes(), out);
        out.writeEndObject();
        out.writeEndObject();
      }
      case TaskDeleted deleted -> gone("tasks", deleted.taskId().value(), out);
      case OperationCancelled cancelled -> gone("operations", cancelled.operationId().value(), out);
      default -> {
        out.writeStartObject();
        out.writeEndObject();
      }
    }
  }

  private static void said(Envelope envelope, JsonGenerator out) throws IOException {
    ObjectNode messages = Json.object();
    UserMessage said = (UserMessage) envelope.fact();
    message(messages, envelope, envelope.id().value(), "user", said.text());
    message(messages, envelope, OperationId.startedBy(envelope.id()).value(), "assistant", "");
    out.writeTree(Json.object().set("messages", messages));
  }

  private static void message(
      ObjectNode messages, Envelope envelope, String id, String role, String text) {
    messages
        .putObject(id)
        .put("role", role)
        .put("text", text)
        .put("status", "pending")
        .put("at", Json.instant(envelope.timestamp()))
        .put("conversation_id", envelope.conversation().value());
  }

  private static void evolved(Envelope envelope, JsonGenerator out) throws IOException {
    Person person = envelope.person();
    UserState nothing = UserState.empty(person);
    UserState then = UserEvolution.evolve(nothing, new Event(1, envelope.timestamp(), envelope));
    View.patch(nothing, then, out);
  }

  private static void gone(String collection, String id, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeObjectFieldStart(collection);
    out.writeNullField(id);
    out.writeEndObject();
    out.writeEndObject();
  }
}
