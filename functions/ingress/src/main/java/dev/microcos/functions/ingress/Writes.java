package dev.microcos.functions.ingress;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.Accept;
import dev.microcos.core.application.DoorLimits;
import dev.microcos.core.application.Read;
import dev.microcos.core.application.Request;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.CalendarEventRemoved;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.Bodies;
import dev.microcos.core.wire.Prefetch;
import dev.microcos.core.wire.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests that change something: checked, cleaned, and put into the inbox. */
final class Writes {

  private static final int LONGEST_TEXT = 16 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What the schema allows in the body, which a header does not pass. */
  private static final Pattern ACTION = Pattern.compile("[!-~]([ -~]{0,126}[!-~])?");

  private final Accept accept;
  private final Read read;
  private final DoorLimits limits;
  private final InstantSource clock;
  private final CheckedBodies bodies = new CheckedBodies();

  private Writes(Accept accept, Read read, DoorLimits limits, InstantSource clock) {
    this.accept = accept;
    this.read = read;
    this.limits = limits;
    this.clock = clock;
  }

  static Writes of(Host host, Adapters adapters) {
    return new Writes(
        new Accept(adapters.people(), adapters.inbox(), host.clock(), host.random()),
        new Read(adapters.log(), host.clock()),
        new DoorLimits(adapters.policy(), host.clock()),
        host.clock());
  }

  Reply message(Call call) {
    ObjectNode body = bodies.checked(call, "post-message");
    int bytes = body.path("text").asText().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_TEXT) {
      throw Problem.of(413, "a text holds at most 16 KiB");
    }
    String conversation = body.path("conversation_id").asText("main");
    limits.message(call.user());
    return accepted(call, body, new ConversationId(conversation), id -> Bodies.message(body));
  }

  Reply createTask(Call call) {
    ObjectNode body = bodies.checked(call, "post-task");
    return write(call, body, id -> Bodies.task(body, TaskId.madeBy(id)));
  }

  Reply updateTask(Call call, String id) {
    TaskId task = known(id, TaskId::new);
    ObjectNode body = bodies.checked(call, "patch-task");
    Fact changes = Bodies.changes(body, task);
    return write(call, body, event -> changes);
  }

  Reply deleteTask(Call call, String id) {
    Fact deleted = new TaskDeleted(known(id, TaskId::new));
    return write(call, bodies.checked(call, "empty"), event -> deleted);
  }

  Reply addCalendarEvent(Call call) {
    ObjectNode body = bodies.checked(call, "post-calendar-event");
    return write(call, body, id -> Bodies.calendarEvent(body, CalendarEventId.madeBy(id)));
  }

  Reply removeCalendarEvent(Call call, String id) {
    Fact removed = new CalendarEventRemoved(known(id, CalendarEventId::new));
    return write(call, bodies.checked(call, "empty"), event -> removed);
  }

  Reply preferences(Call call) {
    ObjectNode body = bodies.checked(call, "put-preferences");
    Fact preferences = Bodies.preferences(body);
    return write(call, body, event -> preferences);
  }

  Reply cancel(Call call, String id) {
    Fact cancelled = new OperationCancelled(known(id, OperationId::new));
    return write(call, bodies.checked(call, "empty"), event -> cancelled);
  }

  Reply retry(Call call, String id) {
    Fact retried = new OperationRetried(known(id, OperationId::new), null, false);
    limits.message(call.user());
    return accepted(call, bodies.checked(call, "empty"), ConversationId.MAIN, event -> retried);
  }

  private Reply write(Call call, ObjectNode body, Function<EventId, Fact> fact) {
    limits.write(call.user());
    return accepted(call, body, ConversationId.MAIN, fact);
  }

  private Reply accepted(
      Call call, ObjectNode body, ConversationId conversation, Function<EventId, Fact> fact) {
    Request request =
        new Request(
            call.user(),
            call.method() + " " + call.path(),
            call.requestId(),
            action(call, body),
            conversation,
            fact);
    Envelope envelope = accept.accept(request);
    if (call.prefers("return=representation")) {
      Optional<Event> committed = committed(envelope);
      if (committed.isPresent()) {
        return representation(committed.get());
      }
    }
    return Reply.json(202, out -> accepted(envelope, out));
  }

  private static void accepted(Envelope envelope, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("status", "accepted");
    out.writeStringField("event_id", envelope.id().value());
    out.writeStringField("request_id", envelope.request().value());
    ClientActionId action = envelope.clientAction();
    if (action != null) {
      out.writeStringField("client_action_id", action.value());
    }
    OperationId operation = envelope.operation();
    if (operation != null) {
      out.writeStringField("operation_id", operation.value());
    }
    switch (envelope.fact()) {
      case TaskCreated made -> out.writeStringField("task_id", made.taskId().value());
      case CalendarEventAdded made -> out.writeStringField("calendar_event_id", made.event().id());
      default -> {}
    }
    out.writeFieldName("prefetch");
    Prefetch.write(envelope, out);
    out.writeEndObject();
  }

  private Optional<Event> committed(Envelope envelope) {
    try {
      return read.committed(envelope.person(), envelope.id(), PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Reply representation(Event event) {
    if (event.fact() instanceof Rejected rejected) {
      throw Problem.rejected(rejected, clock.instant());
    }
    UserState state = read.state(event.envelope().person());
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeNumberField("seq", state.seq());
          out.writeFieldName("state");
          View.write(state, out);
          out.writeEndObject();
        });
  }

  private static @Nullable ClientActionId action(Call call, ObjectNode body) {
    String inBody = body.path("client_action_id").textValue();
    String inHeader = call.headers().get("idempotency-key");
    if (inHeader != null && !ACTION.matcher(inHeader).matches()) {
      throw Problem.invalid(
          "/client_action_id", "the Idempotency-Key has 1 to 128 characters of printable ASCII");
    }
    if (inBody != null && inHeader != null && !inBody.equals(inHeader)) {
      throw Problem.invalid("/client_action_id", "differs from the header Idempotency-Key");
    }
    String action = inBody == null ? inHeader : inBody;
    return action == null ? null : new ClientActionId(action);
  }

  /** An id in a path that has no id's form cannot be there. */
  private static <I> I known(String id, Function<String, I> form) {
    try {
      return form.apply(id);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound(id.length() > 64 ? "such id" : id);
    }
  }
}
