package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.port.Archive;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.PersonalData;
import dev.microcos.core.application.port.Runs;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.testkit.MemoryArchive;
import dev.microcos.core.testkit.MemoryLog;
import dev.microcos.core.testkit.MemoryOperations;
import dev.microcos.core.testkit.MemoryPeople;
import dev.microcos.core.testkit.TestClock;
import dev.microcos.core.wire.EnvelopeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What outlives every process: stores, queues, and what AWS does by itself. */
final class Stores implements Runs, PersonalData {

  final TestClock clock = new TestClock();
  final MemoryPeople people = new MemoryPeople();
  final MemoryArchive archive = new MemoryArchive();
  final MemoryOperations operations = new MemoryOperations();
  final MemoryLog<UserState> log = MemoryLog.ofPeople();
  final MemoryLog<RunState> runLog = new MemoryLog<>(RunAggregate.RUN);
  final SimulatedQueue inbox = new SimulatedQueue(clock, Duration.ofSeconds(60), 100);
  final SimulatedQueue jobs;
  final SimulatedQueue deadJobs = new SimulatedQueue(clock, Duration.ofSeconds(330), 1_000);
  final Invocations invocations;
  final StepFunctions stepFunctions;
  final Timetable timetable;

  /** Event ids in the order in which they first came into the inbox, log by log. */
  final Map<Subject, Set<EventId>> arrived = new LinkedHashMap<>();

  private final boolean deduplicating;

  Stores(Random dice) {
    this.jobs = new SimulatedQueue(clock, Duration.ofSeconds(330), dice.nextBoolean() ? 10 : 3);
    this.invocations = new Invocations(dice, clock);
    this.stepFunctions = new StepFunctions(invocations, dice, clock);
    this.timetable = new Timetable(invocations, clock);
    this.deduplicating = dice.nextBoolean();
  }

  /** The logs as a process sees them. */
  EventLog<UserState> sealedLog() {
    return new SealedLog<>(log, this::key);
  }

  /** The logs of runs as a process sees them. */
  EventLog<RunState> sealedRunLog() {
    return new SealedLog<>(runLog, this::key);
  }

  /** The archive as a process sees it. */
  Archive sealedArchive() {
    return new Archive() {
      @Override
      public void keep(Person person, List<Message> messages) {
        key(person);
        archive.keep(person, messages);
      }

      @Override
      public List<Message> before(Person person, long seq, int limit) {
        return archive.before(person, seq, limit);
      }
    };
  }

  /** The calls of models as a process sees them. */
  Operations sealedOperations() {
    return new SealedOperations(operations, this::key);
  }

  private void key(Person person) {
    if (!people.current(person.user()).equals(person)) {
      throw new IllegalStateException("the generation is over");
    }
  }

  ReadRuns readRuns() {
    return new ReadRuns(sealedLog(), sealedRunLog(), this, clock);
  }

  /** What comes into the inbox. */
  void arrive(Envelope envelope) {
    Subject subject = envelope.subject();
    arrived.computeIfAbsent(subject, _ -> new LinkedHashSet<>()).add(envelope.id());
    String body = EnvelopeJson.toInbox(envelope);
    if (deduplicating) {
      String id = envelope.id().value() + "." + envelope.person().generation();
      inbox.send(subject.group(), id, body);
    } else {
      inbox.send(subject.group(), body);
    }
  }

  /** The runs of a person that were begun, oldest first. */
  List<RunState> runsOf(Person person) {
    List<RunState> runs = new ArrayList<>();
    for (Subject subject : runLog.subjects()) {
      RunState state = runLog.load(subject).state();
      if (subject.person().equals(person) && state.isThere()) {
        runs.add(state);
      }
    }
    return runs;
  }

  @Override
  public List<RunId> of(Person person, @Nullable RunId before, int limit) {
    List<RunId> names =
        runLog.subjects().reversed().stream()
            .filter(subject -> subject.person().equals(person))
            .map(subject -> ((PersonRun) subject).run())
            .toList();
    int from = before == null ? 0 : names.indexOf(before) + 1;
    return names.subList(from, Math.min(names.size(), from + limit));
  }

  @Override
  public SequencedMap<String, Integer> delete(Person person) {
    SequencedMap<String, Integer> gone = new LinkedHashMap<>();
    int runs = 0;
    for (Subject subject : runLog.subjects()) {
      runs += subject.person().equals(person) ? runLog.delete(subject) : 0;
    }
    gone.put("runs", runs);
    gone.put("log", log.delete(person));
    gone.put("archive", archive.delete(person));
    gone.put("operations", operations.delete(person));
    return gone;
  }
}
