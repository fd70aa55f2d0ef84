package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.Accept;
import dev.microcos.core.application.Answer;
import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.Perform;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.port.Archive;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.testkit.MemoryArchive;
import dev.microcos.core.testkit.MemoryLog;
import dev.microcos.core.testkit.MemoryOperations;
import dev.microcos.core.testkit.MemoryPeople;
import dev.microcos.core.testkit.MemorySchedules;
import dev.microcos.core.testkit.People;
import dev.microcos.core.testkit.TestClock;
import dev.microcos.core.wire.EnvelopeJson;
import dev.microcos.core.wire.JobJson;
import dev.microcos.core.wire.NarrationPrompts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The stores and queues, which outlive everybody, and the processes, which do not. */
final class World {

  private static final int PROCESSES = 2;
  private static final String POISON = "of.a.later.release";
  private static final Duration SKEW = Duration.ofMillis(100);

  /** Nobody waits in real time. */
  private static final Pace PACE =
      new Pace(
          Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ZERO);

  final TestClock clock = new TestClock();
  final MemoryLog<UserState> log = MemoryLog.ofPeople();
  private final MemorySchedules schedules = new MemorySchedules();
  final MemoryOperations operations = new MemoryOperations();
  final SimulatedQueue inbox = new SimulatedQueue(clock, Duration.ofSeconds(60), 100);
  final SimulatedQueue jobs = new SimulatedQueue(clock, Duration.ofSeconds(330), 10);
  final List<Client> clients = new ArrayList<>();
  final Faults faults;

  /** Event ids in the order in which they first came into the inbox, person by person. */
  final Map<Person, Set<EventId>> arrived = new LinkedHashMap<>();

  /** Those for whom something came in that cannot be read. */
  final Set<Person> poisoned = new LinkedHashSet<>();

  private final Random dice;
  private final Push pages = new Pages().push();
  private final Policy policy;
  private final MemoryPeople people = new MemoryPeople();
  private final MemoryArchive archive = new MemoryArchive();
  private final Reducer[] reducers = new Reducer[PROCESSES];
  private final Assistant[] assistants = new Assistant[PROCESSES];
  private final boolean[] busy = new boolean[2 * PROCESSES];
  private final Accept accept;

  World(long seed, boolean traced) {
    this.dice = new Random(seed);
    this.faults = new Faults(dice, clock, traced);
    this.policy =
        new Policy(1_000_000, 1_000_000, 1_000_000, 4 + dice.nextInt(100), Duration.ofDays(30));
    for (int i = 0; i < 3; i++) {
      Person person = People.person("person " + i);
      clients.add(new Client(person, dice, clock));
    }
    for (int i = 0; i < PROCESSES; i++) {
      reducers[i] = reducer(i);
      assistants[i] = assistant(i);
    }
    Inbox door = new Boundary("ingress", faults).failing(Inbox.class, this::arrive);
    this.accept = new Accept(people, door, clock, dice);
    faults.between(this::processes);
  }

  /** One thing happens somewhere. */
  void step() {
    switch (dice.nextInt(12)) {
      case 0, 1, 2, 3 -> clients.get(dice.nextInt(clients.size())).act(accept);
      case 4, 5 -> clock.advance(Duration.ofMillis(dice.nextInt(5_000)));
      case 6 -> rarely();
      default -> processes();
    }
  }

  /** A client asks once more for what it asked for long ago. */
  void repeat() {
    clients.get(dice.nextInt(clients.size())).repeat(accept);
  }

  /** Something of a later release comes in for a person, which blocks what comes after it. */
  void poison(Person person) {
    String group = person.user().value();
    inbox.send(
        group,
        "{\"user_id\":\""
            + group
            + "\",\"generation\":1,\"type\":\""
            + POISON
            + "\",\"version\":1}");
    poisoned.add(person);
  }

  /** What lies in the dead-letter queue is sent again, without what cannot be read. */
  void redrive() {
    assertThat(inbox.dead())
        .as("only what waited behind the unreadable is dead")
        .isNotEmpty()
        .allMatch(group -> poisoned.stream().anyMatch(each -> each.user().value().equals(group)));
    inbox.redrive(body -> body.contains(POISON));
  }

  /** A long time goes by for one person, in which nothing goes wrong: many events. */
  void fill(Person person, int events) {
    Filling filling = new Filling(person, dice, clock);
    Reduce<UserState> reduce =
        Reduce.ofPeople(
            people,
            log,
            new Perform(log, archive, _ -> {}, operations, _ -> {}, new MemorySchedules(), clock),
            pages,
            clock,
            policy);
    filling.into(reduce, events);
  }

  /** All that lies in the queues is worked off. */
  boolean comesToRest() {
    for (int i = 0; i < 5_000; i++) {
      if (inbox.isEmpty() && jobs.isEmpty()) {
        return true;
      }
      processes();
      if (i % 4 == 0) {
        clock.advance(Duration.ofSeconds(5));
      }
    }
    return false;
  }

  private void rarely() {
    switch (dice.nextInt(4)) {
      case 0 -> clock.advance(Duration.ofSeconds(dice.nextInt(400)));
      case 1 -> faults.outage(Duration.ofSeconds(dice.nextInt(180)));
      default -> clock.advance(Duration.ofSeconds(dice.nextInt(70)));
    }
  }

  /** Some process that is not at work gets its turn, and may die of it. */
  private void processes() {
    int which = dice.nextInt(busy.length);
    if (busy[which]) {
      return;
    }
    int i = which % PROCESSES;
    busy[which] = true;
    try {
      if (which < PROCESSES) {
        reducers[i].work(1 + dice.nextInt(10));
      } else {
        assistants[i].work();
      }
    } catch (Crash crash) {
      if (which < PROCESSES) {
        reducers[i] = reducer(i);
      } else {
        assistants[i] = assistant(i);
      }
    } finally {
      busy[which] = false;
    }
  }

  private Reducer reducer(int i) {
    String name = "reducer " + i;
    Boundary edge = new Boundary(name, faults);
    InstantSource skewed = () -> clock.instant().plus(SKEW.multipliedBy(i));
    AssistantJobs queue = job -> jobs.send(JobJson.write(job));
    Reduce<UserState> reduce =
        Reduce.ofPeople(
            people,
            edge.failing(EventLog.class, log),
            new Perform(
                edge.failing(EventLog.class, log),
                edge.failing(Archive.class, archive),
                edge.failing(AssistantJobs.class, queue),
                edge.failing(Operations.class, operations),
                edge.failing(Inbox.class, this::arrive),
                edge.failing(Schedules.class, schedules),
                skewed),
            edge.unfailing(Push.class, pages),
            skewed,
            policy);
    return new Reducer(reduce, inbox, edge);
  }

  private Assistant assistant(int i) {
    Boundary edge = new Boundary("assistant " + i, faults);
    Answer answer =
        new Answer(
            people,
            edge.failing(EventLog.class, log),
            edge.failing(Operations.class, operations),
            new NarrationPrompts("simulated"),
            edge.unfailing(Model.class, new SeededModel(dice, clock, faults)),
            edge.failing(Inbox.class, this::arrive),
            edge.unfailing(Push.class, pages),
            clock,
            PACE);
    return new Assistant(answer, jobs, edge);
  }

  private void arrive(Envelope envelope) {
    arrived.computeIfAbsent(envelope.person(), _ -> new LinkedHashSet<>()).add(envelope.id());
    inbox.send(envelope.person().user().value(), EnvelopeJson.toInbox(envelope));
  }
}
