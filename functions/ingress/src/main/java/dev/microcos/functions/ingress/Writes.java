package dev.microcos.functions.ingress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.UserFact.CalendarEventRemoved;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.wire.Bodies;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Requests that change something: checked, cleaned, and put into the inbox. */
final class Writes {

  private static final int LONGEST_TEXT = 16 * 1024;
  private final Acceptance acceptance;
  private final CheckedBodies bodies = new CheckedBodies();

  Writes(Acceptance acceptance) {
    this.acceptance = acceptance;
  }

  Reply message(Call call) {
    ObjectNode body = bodies.checked(call, "post-message");
    int bytes = body.path("text").asText().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_TEXT) {
      throw Problem.of(413, "a text holds at most 16 KiB");
    }
    String conversation = body.path("conversation_id").asText("main");
    return acceptance.reply(
        call,
        acceptance.message(
            call, body, new ConversationId(conversation), id -> Bodies.message(body)));
  }

  Reply createTask(Call call) {
    ObjectNode body = bodies.checked(call, "post-task");
    return write(call, body, id -> Bodies.task(body, TaskId.madeBy(id)));
  }

  Reply updateTask(Call call, String id) {
    TaskId task = Paths.id(id, TaskId::new);
    ObjectNode body = bodies.checked(call, "patch-task");
    Fact changes = Bodies.changes(body, task);
    return write(call, body, event -> changes);
  }

  Reply deleteTask(Call call, String id) {
    Fact deleted = new TaskDeleted(Paths.id(id, TaskId::new));
    return write(call, bodies.checked(call, "empty"), event -> deleted);
  }

  Reply addCalendarEvent(Call call) {
    ObjectNode body = bodies.checked(call, "post-calendar-event");
    return write(call, body, id -> Bodies.calendarEvent(body, CalendarEventId.madeBy(id)));
  }

  Reply removeCalendarEvent(Call call, String id) {
    Fact removed = new CalendarEventRemoved(Paths.id(id, CalendarEventId::new));
    return write(call, bodies.checked(call, "empty"), event -> removed);
  }

  Reply preferences(Call call) {
    ObjectNode body = bodies.checked(call, "put-preferences");
    Fact preferences = Bodies.preferences(body);
    return write(call, body, event -> preferences);
  }

  Reply cancel(Call call, String id) {
    Fact cancelled = new OperationCancelled(Paths.id(id, OperationId::new));
    return write(call, bodies.checked(call, "empty"), event -> cancelled);
  }

  Reply retry(Call call, String id) {
    Fact retried = new OperationRetried(Paths.id(id, OperationId::new), null, false);
    return acceptance.reply(
        call,
        acceptance.message(
            call, bodies.checked(call, "empty"), ConversationId.MAIN, event -> retried));
  }

  private Reply write(Call call, ObjectNode body, Function<EventId, Fact> fact) {
    return acceptance.reply(call, acceptance.write(call, body, null, fact));
  }
}
