package dev.microcos.bench.jmh;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskUpdated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.TaskChanges;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A person with 100 messages, 100 tasks and a full ring of ids; the same at every run. */
final class Life {

  private static final Person PERSON = new Person(UserId.of("https://issuer.example", "bench"), 1);
  private static final int ROWS = 100;
  private static final int RING = 4_200;

  private final Random random = new Random(1);
  private final List<TaskId> tasks = new ArrayList<>();
  private final List<Event> past = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private UserState state = UserState.empty(PERSON);

  Life() {
    for (int i = 0; i < ROWS; i++) {
      EventId id = id();
      tasks.add(TaskId.madeBy(id));
      add(
          id,
          new TaskCreated(
              TaskId.madeBy(id),
              "buy milk, task " + i,
              null,
              null,
              TaskPriority.NORMAL,
              TaskStatus.OPEN,
              TaskSource.USER));
    }
    for (int i = 0; i < ROWS / 2; i++) {
      EventId id = id();
      OperationId operation = OperationId.startedBy(id);
      add(id, new UserMessage("what is on my list for today?", false, operation, false));
      add(
          id(),
          new AssistantMessage(
              operation,
              1,
              "You have three things to do today: milk, bread and the letter.",
              StopReason.END_TURN,
              new TokenUse("bench", 100, 20)));
    }
    events(RING).forEach(this::add);
  }

  UserState state() {
    return state;
  }

  /** The events that led to it. */
  List<Event> past() {
    return past;
  }

  /** Small events that follow on the state: tasks that are done and opened again. */
  List<Event> events(int count) {
    List<Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      TaskStatus status = i % 2 == 0 ? TaskStatus.DONE : TaskStatus.OPEN;
      TaskChanges changes = new TaskChanges(null, null, null, null, status, Set.of());
      TaskId task = tasks.get(random.nextInt(ROWS));
      events.add(event(state.seq() + 1 + i, id(), new TaskUpdated(task, changes)));
    }
    return events;
  }

  private EventId id() {
    now = now.plusMillis(100);
    return EventId.create(now, random);
  }

  private void add(EventId id, Fact fact) {
    add(event(state.seq() + 1, id, fact));
  }

  private void add(Event event) {
    state = UserEvolution.evolve(state, event);
    past.add(event);
  }

  private Event event(long seq, EventId id, Fact fact) {
    RequestId request = new RequestId("req_" + id.uuid());
    Envelope envelope =
        new Envelope(
            id,
            fact,
            PERSON,
            ConversationId.MAIN,
            request,
            null,
            fact.operationId(),
            null,
            null,
            0,
            now);
    return new Event(seq, now, envelope);
  }
}
