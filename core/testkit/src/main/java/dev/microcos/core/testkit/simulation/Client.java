package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.Accept;
import dev.microcos.core.application.Request;
import dev.microcos.core.domain.id.CalendarEventId;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.CalendarEventRemoved;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.Wait;
import dev.microcos.core.domain.user.CalendarEvent;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import dev.microcos.core.testkit.simulation.RunWishes.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A person's page: asks for things, asks again when no answer comes, clicks twice. */
final class Client {

  private final UserId user;
  private final Random dice;
  private final Stores stores;
  private final RunWishes wishes;
  private final List<Request> unanswered = new ArrayList<>();
  private final List<Request> answered = new ArrayList<>();
  private final List<Envelope> acknowledged = new ArrayList<>();

  Client(UserId user, Random dice, Stores stores) {
    this.user = user;
    this.dice = dice;
    this.stores = stores;
    this.wishes = new RunWishes(dice, stores);
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
      acknowledged.add(accepted);
      answered.add(request);
    } catch (RuntimeException | Crash noAnswer) {
      unanswered.add(request);
    }
  }

  /** Answers what is asked, or tells what is waited for, if it is so lucky. */
  void serve(Accept accept) {
    for (RunState run : stores.runsOf(person())) {
      for (Question question : run.questions()) {
        if (question.isOpen() && dice.nextBoolean()) {
          send(accept, request(wishes.answered(run, question)));
        }
      }
      for (Wait wait : run.waits()) {
        if (wait.isOpen() && dice.nextBoolean()) {
          send(accept, request(wishes.signalled(run, wait)));
        }
      }
    }
  }

  Person person() {
    return stores.people.current(user);
  }

  /** What was promised in the person's present generation. */
  List<Envelope> acknowledged() {
    Person present = person();
    return acknowledged.stream().filter(each -> each.person().equals(present)).toList();
  }

  private static boolean isUntimed(Request request) {
    ClientActionId action = request.clientAction();
    return action == null || action.time().isEmpty();
  }

  private Request request() {
    return request(dice.nextInt(5) < 2 ? wishes.any(person()) : new Wish(null, fact()));
  }

  private Request request(Wish wish) {
    Instant at = stores.clock.instant().plus(Duration.ofMillis(dice.nextInt(600_000) - 300_000L));
    String time = EventId.create(at, dice).value().substring("evt_".length());
    ClientActionId action =
        new ClientActionId(dice.nextInt(8) == 0 ? "click " + dice.nextLong() : time);
    return new Request(
        user,
        "POST /simulated",
        new RequestId("req_" + time),
        action,
        dice.nextInt(5) == 0 ? new ConversationId("aside") : ConversationId.MAIN,
        wish.run(),
        wish.fact());
  }

  private Function<EventId, Fact> fact() {
    String text = "text " + dice.nextInt(1_000);
    EventId earlier =
        acknowledged.isEmpty()
            ? EventId.create(stores.clock.instant(), dice)
            : acknowledged.get(dice.nextInt(acknowledged.size())).id();
    boolean interrupt = dice.nextInt(4) == 0;
    return switch (dice.nextInt(12)) {
      case 0, 1, 2, 3 -> _ -> new UserMessage(text, interrupt, null, false);
      case 4 -> _ -> new OperationCancelled(OperationId.startedBy(earlier));
      case 5 -> _ -> new OperationRetried(OperationId.startedBy(earlier), null, false);
      case 6 -> _ -> new TaskDeleted(TaskId.madeBy(earlier));
      case 7 -> id -> new CalendarEventAdded(entry(CalendarEventId.madeBy(id), text));
      case 8 -> _ -> new CalendarEventRemoved(CalendarEventId.madeBy(earlier));
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

  private static CalendarEvent entry(CalendarEventId id, String title) {
    return new CalendarEvent(id, title, "2026-11-22", null, null, null, null);
  }
}
