package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.Accept;
import dev.microcos.core.application.Request;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A person's page: asks for things, asks again when no answer comes, clicks twice. */
final class Client {

  private final Person person;
  private final Random dice;
  private final InstantSource clock;
  private final List<Request> unanswered = new ArrayList<>();
  private final List<Request> answered = new ArrayList<>();
  private final List<EventId> acknowledged = new ArrayList<>();

  Client(Person person, Random dice, InstantSource clock) {
    this.person = person;
    this.dice = dice;
    this.clock = clock;
  }

  /** One more request, or an earlier one once more. */
  void act(Accept accept) {
    int what = dice.nextInt(10);
    if (what < 2 && !unanswered.isEmpty()) {
      send(accept, unanswered.remove(dice.nextInt(unanswered.size())));
    } else if (what < 3 && !answered.isEmpty()) {
      send(accept, answered.get(dice.nextInt(answered.size())));
    } else {
      send(accept, request());
    }
  }

  /** So much has happened that an action whose id carries no time may not be repeated any more. */
  void forgetsUntimed() {
    unanswered.removeIf(Client::isUntimed);
    answered.removeIf(Client::isUntimed);
  }

  /** Asks again for something, answered or not. */
  void repeat(Accept accept) {
    List<Request> all = new ArrayList<>(unanswered);
    all.addAll(answered);
    if (!all.isEmpty()) {
      Request again = all.get(dice.nextInt(all.size()));
      unanswered.remove(again);
      send(accept, again);
    }
  }

  private void send(Accept accept, Request request) {
    try {
      Envelope accepted = accept.accept(request);
      acknowledged.add(accepted.id());
      answered.add(request);
    } catch (RuntimeException | Crash noAnswer) {
      unanswered.add(request);
    }
  }

  Person person() {
    return person;
  }

  List<EventId> acknowledged() {
    return acknowledged;
  }

  private static boolean isUntimed(Request request) {
    ClientActionId action = request.clientAction();
    return action == null || action.time().isEmpty();
  }

  private Request request() {
    Instant at = clock.instant().plus(Duration.ofMillis(dice.nextInt(600_000) - 300_000L));
    String time = EventId.create(at, dice).value().substring("evt_".length());
    ClientActionId action =
        new ClientActionId(dice.nextInt(8) == 0 ? "click " + dice.nextLong() : time);
    return new Request(
        person.user(),
        "POST /simulated",
        new RequestId("req_" + time),
        action,
        dice.nextInt(5) == 0 ? new ConversationId("aside") : ConversationId.MAIN,
        null,
        fact());
  }

  private Function<EventId, Fact> fact() {
    String text = "text " + dice.nextInt(1_000);
    EventId earlier =
        acknowledged.isEmpty()
            ? EventId.create(clock.instant(), dice)
            : acknowledged.get(dice.nextInt(acknowledged.size()));
    boolean interrupt = dice.nextInt(4) == 0;
    return switch (dice.nextInt(10)) {
      case 0, 1, 2, 3 -> _ -> new UserMessage(text, interrupt, null, false);
      case 4 -> _ -> new OperationCancelled(OperationId.startedBy(earlier));
      case 5 -> _ -> new TaskDeleted(TaskId.madeBy(earlier));
      default ->
          id ->
              new TaskCreated(
                  TaskId.madeBy(id),
                  text,
                  null,
                  null,
                  TaskPriority.NORMAL,
                  TaskStatus.OPEN,
                  TaskSource.USER);
    };
  }
}
