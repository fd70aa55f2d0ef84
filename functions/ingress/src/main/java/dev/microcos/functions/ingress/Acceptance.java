package dev.microcos.functions.ingress;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.Accept;
import dev.microcos.core.application.DoorLimits;
import dev.microcos.core.application.Read;
import dev.microcos.core.application.Request;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.UserAggregate;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.Prefetch;
import dev.microcos.core.wire.View;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts what is asked for into the inbox, within the person's limits, and tells of it. */
final class Acceptance {

  /** How long a commit is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Adds nothing to a reply. */
  static final Fields NO_FIELDS = _ -> {};

  private static final String REPRESENTATION = "return=representation";

  /** What the schema allows in the body, which a header does not pass. */
  private static final Pattern ACTION = Pattern.compile("[!-~]([ -~]{0,126}[!-~])?");

  private final Accept accept;
  private final Read<UserState> read;
  private final Read<RunState> runs;
  private final DoorLimits limits;
  private final InstantSource clock;

  private Acceptance(
      Accept accept,
      Read<UserState> read,
      Read<RunState> runs,
      DoorLimits limits,
      InstantSource clock) {
    this.accept = accept;
    this.read = read;
    this.runs = runs;
    this.limits = limits;
    this.clock = clock;
  }

  static Acceptance of(Host host, Adapters adapters) {
    return new Acceptance(
        new Accept(adapters.people(), adapters.inbox(), host.clock(), host.random()),
        new Read<>(adapters.log(), UserAggregate.USER, host.clock()),
        new Read<>(adapters.runLog(), RunAggregate.RUN, host.clock()),
        new DoorLimits(adapters.policy(), host.clock()),
        host.clock());
  }

  /** Puts something into the inbox that a model will answer. */
  Envelope message(
      Call call, ObjectNode body, ConversationId conversation, Function<EventId, Fact> fact) {
    limits.message(call.user());
    return accept.accept(request(call, body, conversation, null, fact));
  }

  /**
   * Puts anything else into the inbox.
   *
   * @param run the run that it is about, if it is about one that is there
   */
  Envelope write(Call call, ObjectNode body, @Nullable RunId run, Function<EventId, Fact> fact) {
    limits.write(call.user());
    return accept.accept(request(call, body, ConversationId.MAIN, run, fact));
  }

  /** A write, within the limits, for who puts it into the inbox and waits for it. */
  Request admitted(Call call, ObjectNode body, Function<EventId, Fact> fact) {
    limits.write(call.user());
    return request(call, body, ConversationId.MAIN, null, fact);
  }

  /** Puts into the inbox what somebody without a token brings for a person. */
  Envelope delivered(
      UserId user, Call call, ClientActionId delivery, Function<EventId, Fact> fact) {
    limits.write(user);
    return accept.accept(
        new Request(
            user, route(call), call.requestId(), delivery, ConversationId.MAIN, null, fact));
  }

  /** The way into the inbox. */
  Accept accept() {
    return accept;
  }

  /** Whether the same action of the person is in the run's log already. */
  boolean isRepeated(Call call, ObjectNode body, Subject run) {
    ClientActionId action = action(call, body);
    return action != null
        && runs.find(run, EventId.of(call.user(), route(call), action)).isPresent();
  }

  /** The reply to a write; after its commit, where that is preferred. */
  Reply reply(Call call, Envelope envelope) {
    return reply(call, envelope, NO_FIELDS);
  }

  /**
   * The reply to a write.
   *
   * @param more writes further fields of a reply that does not wait for the commit
   */
  Reply reply(Call call, Envelope envelope, Fields more) {
    return reply(call, envelope, more, NO_FIELDS);
  }

  /**
   * The reply to a write.
   *
   * @param more writes further fields of a reply that does not wait for the commit
   * @param beside writes what stands beside the view in one that does
   */
  Reply reply(Call call, Envelope envelope, Fields more, Fields beside) {
    if (call.prefers(REPRESENTATION)) {
      Optional<UserState> shown = shown(envelope);
      if (shown.isPresent()) {
        return representation(shown.get(), beside);
      }
    }
    return accepted(envelope, more);
  }

  /** The reply to a call that had nothing to change: the view, where that is preferred. */
  Reply unchanged(Call call, Person person, Fields otherwise) {
    return call.prefers(REPRESENTATION)
        ? representation(read.state(person), NO_FIELDS)
        : Reply.json(
            202,
            out -> {
              out.writeStartObject();
              out.writeStringField("status", "accepted");
              out.writeStringField("request_id", call.requestId().value());
              otherwise.write(out);
              out.writeEndObject();
            });
  }

  /**
   * The reply to a write that is kept.
   *
   * @param more writes further fields
   */
  static Reply accepted(Envelope envelope, Fields more) {
    return Reply.json(
        202,
        out -> {
          out.writeStartObject();
          ids(envelope, out);
          more.write(out);
          out.writeFieldName("prefetch");
          Prefetch.write(envelope, out);
          out.writeEndObject();
        });
  }

  private static void ids(Envelope envelope, JsonGenerator out) throws IOException {
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
    RunId run = envelope.run();
    if (run != null) {
      out.writeStringField("run_id", run.value());
    }
    switch (envelope.fact()) {
      case TaskCreated made -> out.writeStringField("task_id", made.taskId().value());
      case CalendarEventAdded made -> out.writeStringField("calendar_event_id", made.event().id());
      default -> {}
    }
  }

  /**
   * The person's state, once the write shows in it; nothing if that takes too long.
   *
   * @throws Problem if the write was refused
   */
  private Optional<UserState> shown(Envelope envelope) {
    Instant deadline = clock.instant().plus(PATIENCE);
    try {
      Optional<Event> committed =
          envelope.fact() instanceof RunFact
              ? runs.committed(envelope.subject(), envelope.id(), PATIENCE)
              : read.committed(envelope.subject(), envelope.id(), PATIENCE);
      if (committed.isEmpty()) {
        return Optional.empty();
      }
      Event event = committed.get();
      if (event.fact() instanceof Rejected rejected) {
        throw Problem.rejected(rejected, clock.instant());
      }
      return read.awaits(
          envelope.person(),
          state -> shows(state, event),
          Duration.between(clock.instant(), deadline));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What stands in a run's log shows in its person's a moment later. */
  private static boolean shows(UserState state, Event event) {
    RunId run = event.envelope().run();
    if (run == null || !(event.fact() instanceof RunFact)) {
      return true;
    }
    RunBrief brief = state.runs().get(run.value());
    return brief != null && brief.runSeq() >= event.seq();
  }

  private static Reply representation(UserState state, Fields beside) {
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          beside.write(out);
          out.writeNumberField("seq", state.seq());
          out.writeFieldName("state");
          View.write(state, out);
          out.writeEndObject();
        });
  }

  private static Request request(
      Call call,
      ObjectNode body,
      ConversationId conversation,
      @Nullable RunId run,
      Function<EventId, Fact> fact) {
    return new Request(
        call.user(), route(call), call.requestId(), action(call, body), conversation, run, fact);
  }

  private static String route(Call call) {
    return call.method() + " " + call.path();
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

  /** Writes fields of an object that is open. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }
}
