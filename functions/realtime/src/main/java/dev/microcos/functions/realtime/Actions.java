package dev.microcos.functions.realtime;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.Accept;
import dev.microcos.core.application.DoorLimits;
import dev.microcos.core.application.InvalidRequest;
import dev.microcos.core.application.Read;
import dev.microcos.core.application.Request;
import dev.microcos.core.application.TooManyRequests;
import dev.microcos.core.application.port.Connections;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Outage;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.user.UserAggregate;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.Bodies;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.Sanitizer;
import dev.microcos.core.wire.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a page can say over its socket. What is not understood is answered, and changes nothing. */
final class Actions {

  private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
  private static final int LONGEST_TEXT = 16 * 1024;

  /** How long a call that is to be stopped may still be on its way into the log. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  private static final Set<String> KNOWN =
      Set.of("sync", "message", "cancel", "subscribe", "unsubscribe", "input", "ping");

  private final Host host;
  private final People people;
  private final Accept accept;
  private final Read<UserState> read;
  private final Connections connections;
  private final Push push;
  private final DoorLimits limits;
  private final RunActions runs;
  private final Schemas schemas = new Schemas();

  private Actions(
      Host host,
      People people,
      Accept accept,
      Read<UserState> read,
      Connections connections,
      Push push,
      DoorLimits limits,
      RunActions runs) {
    this.host = host;
    this.people = people;
    this.accept = accept;
    this.read = read;
    this.connections = connections;
    this.push = push;
    this.limits = limits;
    this.runs = runs;
  }

  static Actions of(Host host, Adapters adapters) {
    return new Actions(
        host,
        adapters.people(),
        new Accept(adapters.people(), adapters.inbox(), host.clock(), host.random()),
        new Read<>(adapters.log(), UserAggregate.USER, host.clock()),
        adapters.connections(),
        adapters.push(),
        new DoorLimits(adapters.policy(), host.clock()),
        RunActions.of(host, adapters));
  }

  void take(Person person, String connection, APIGatewayV2WebSocketEvent event) {
    RequestId request =
        new RequestId("req_" + EventId.create(host.clock().instant(), host.random()).uuid());
    try {
      if (people.current(person.user()).generation() != person.generation()) {
        throw new NotThere("the account was erased; open a new socket");
      }
      ObjectNode frame = frame(event.getBody());
      switch (frame.path("action").asText()) {
        case "sync" -> sync(person, connection, frame);
        case "message" -> message(person, request, frame);
        case "cancel" -> cancel(person, request, frame);
        case "subscribe" -> runs.subscribe(person, connection, frame);
        case "unsubscribe" -> runs.unsubscribe(person, connection, frame);
        case "input" -> input(person, request, frame);
        default -> push.pong(connection);
      }
    } catch (TooManyRequests tooMany) {
      push.error(connection, "limit", String.valueOf(tooMany.getMessage()), request);
    } catch (InvalidRequest invalid) {
      push.error(connection, "invalid", told(invalid), request);
    } catch (NotThere notThere) {
      push.error(connection, "not_found", String.valueOf(notThere.getMessage()), request);
    } catch (TooLate tooLate) {
      push.error(connection, "conflict", String.valueOf(tooLate.getMessage()), request);
    } catch (RuntimeException e) {
      if (!Outage.caused(e)) {
        throw e;
      }
      LOG.error("the socket's action {} failed", request, e);
      push.error(
          connection, "unavailable", "something that this needs is down; try again", request);
    }
  }

  private ObjectNode frame(@Nullable String body) {
    JsonNode tree;
    try {
      tree = Json.given(body == null ? "" : body);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("", "a frame must be JSON");
    }
    if (!(tree instanceof ObjectNode frame)) {
      throw new InvalidRequest("", "a frame must be a JSON object");
    }
    String action = frame.path("action").asText();
    if (!KNOWN.contains(action)) {
      throw new InvalidRequest(
          "/action", "must be one of sync, message, cancel, subscribe, unsubscribe, input, ping");
    }
    Sanitizer.clean(frame);
    List<Schemas.Fault> faults = schemas.faults("api/frames/" + action, frame);
    if (!faults.isEmpty()) {
      throw new InvalidRequest(faults.getFirst().pointer(), faults.getFirst().detail());
    }
    return frame;
  }

  /** Active first, so that nothing falls between the answer and the next commit's frame. */
  private void sync(Person person, String connection, ObjectNode frame) {
    connections.activate(person, connection, host.clock().instant());
    Read.Tail<UserState> tail = read.tail(person, frame.path("after").asLong());
    push.sync(connection, tail.from(), tail.to(), tail.events());
  }

  private void message(Person person, RequestId request, ObjectNode frame) {
    int bytes = frame.path("text").asText().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_TEXT) {
      throw new InvalidRequest("/text", "holds at most 16 KiB");
    }
    limits.message(person.user());
    send(
        person,
        request,
        "POST /v1/messages",
        frame,
        new ConversationId(frame.path("conversation_id").asText("main")),
        null,
        Bodies.message(frame));
  }

  private void cancel(Person person, RequestId request, ObjectNode frame) {
    OperationId operation = new OperationId(frame.path("operation_id").asText());
    limits.write(person.user());
    if (!isThere(person, operation)) {
      throw new NotThere("there is no " + operation);
    }
    send(
        person,
        request,
        "POST /v1/operations/" + operation + "/cancel",
        frame,
        ConversationId.MAIN,
        null,
        new OperationCancelled(operation));
  }

  private void input(Person person, RequestId request, ObjectNode frame) {
    limits.write(person.user());
    RunId run = RunActions.run(frame);
    String route = "POST /v1/runs/" + run + "/inputs/" + frame.path("input_id").asText();
    Optional<EventId> same =
        Optional.ofNullable(action(frame)).map(action -> EventId.of(person.user(), route, action));
    InputReceived answer = runs.input(person, frame, same);
    send(person, request, route, frame, ConversationId.MAIN, run, answer);
  }

  /** Under the route's own name, so that an action repeated over HTTP is the same action. */
  private void send(
      Person person,
      RequestId request,
      String route,
      ObjectNode frame,
      ConversationId conversation,
      @Nullable RunId run,
      Fact fact) {
    accept.accept(
        new Request(person.user(), route, request, action(frame), conversation, run, _ -> fact));
  }

  private static @Nullable ClientActionId action(ObjectNode frame) {
    String action = frame.path("client_action_id").textValue();
    return action == null ? null : new ClientActionId(action);
  }

  private boolean isThere(Person person, OperationId operation) {
    try {
      return read.awaits(person, state -> isOf(state, operation.value()), ON_ITS_WAY).isPresent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isOf(UserState state, String operation) {
    return state.operations().contains(operation) || state.messages().contains(operation);
  }

  private static String told(InvalidRequest invalid) {
    return invalid.pointer().isEmpty()
        ? invalid.detail()
        : invalid.pointer() + " " + invalid.detail();
  }
}
