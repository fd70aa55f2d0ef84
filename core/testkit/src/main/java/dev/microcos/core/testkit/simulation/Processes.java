package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.Answer;
import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.GiveUp;
import dev.microcos.core.application.Perform;
import dev.microcos.core.application.PerformRun;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.port.Archive;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.JobJson;
import dev.microcos.core.wire.NarrationPrompts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The processes: a few of each kind, which take turns, come between each other, and die. */
final class Processes {

  private static final int OF_EACH = 2;
  private static final Duration SKEW = Duration.ofMillis(100);

  /** Nobody waits in real time. */
  private static final Pace PACE =
      new Pace(
          Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ZERO);

  private final Stores stores;
  private final Faults faults;
  private final Random dice;
  private final Pages pages;
  private final Policy policy;
  private final List<Turns> all = new ArrayList<>();

  Processes(Stores stores, Faults faults, Random dice, Pages pages, Policy policy) {
    this.stores = stores;
    this.faults = faults;
    this.dice = dice;
    this.pages = pages;
    this.policy = policy;
    for (int i = 0; i < OF_EACH; i++) {
      all.add(new Turns(i, this::reducer));
      all.add(new Turns(i, this::assistant));
      all.add(new Turns(i, this::stepWorker));
    }
  }

  /** A process, and how it is begun anew when it has died. */
  private static final class Turns {
    final Supplier<Runnable> fresh;
    Runnable turn;
    boolean busy;

    Turns(int number, IntFunction<Runnable> made) {
      this.fresh = () -> made.apply(number);
      this.turn = fresh.get();
    }
  }

  /** A further process, which is there once and is not begun anew. */
  void add(Runnable turn) {
    all.add(new Turns(0, _ -> turn));
  }

  /** Some process that is not at work gets its turn, and may die of it. */
  void turn() {
    stores.stepFunctions.look();
    Turns process = all.get(dice.nextInt(all.size()));
    if (process.busy) {
      return;
    }
    process.busy = true;
    try {
      process.turn.run();
    } catch (Crash crash) {
      process.turn = process.fresh.get();
    } finally {
      process.busy = false;
    }
  }

  private Runnable reducer(int i) {
    Boundary edge = new Boundary("reducer " + i, faults);
    InstantSource skewed = () -> stores.clock.instant().plus(SKEW.multipliedBy(i));
    AssistantJobs queue = job -> stores.jobs.send(JobJson.write(job));
    EventLog<UserState> log = edge.failing(EventLog.class, stores.sealedLog());
    EventLog<RunState> runLog = edge.failing(EventLog.class, stores.sealedRunLog());
    Inbox inbox = edge.failing(Inbox.class, stores::arrive);
    Operations operations = edge.failing(Operations.class, stores.sealedOperations());
    People people = edge.failing(People.class, stores.people);
    Reduce<UserState> ofPeople =
        Reduce.ofPeople(
            people,
            log,
            new Perform(
                people,
                log,
                edge.failing(Archive.class, stores.sealedArchive()),
                edge.failing(AssistantJobs.class, queue),
                operations,
                inbox,
                edge.failing(Schedules.class, stores.timetable),
                skewed),
            edge.unfailing(Push.class, pages.push()),
            skewed,
            policy);
    Reduce<RunState> ofRuns =
        Reduce.ofRuns(
            people,
            runLog,
            new PerformRun(
                edge.failing(Executions.class, stores.stepFunctions), operations, inbox, skewed),
            edge.unfailing(RunPush.class, pages.runPush()),
            skewed);
    Reducer reducer = new Reducer(ofPeople, ofRuns, stores.inbox, edge);
    return () -> reducer.work(1 + dice.nextInt(10));
  }

  private Runnable assistant(int i) {
    Boundary edge = new Boundary("assistant " + i, faults);
    EventLog<UserState> log = edge.failing(EventLog.class, stores.sealedLog());
    Operations operations = edge.failing(Operations.class, stores.sealedOperations());
    Inbox inbox = edge.failing(Inbox.class, stores::arrive);
    People people = edge.failing(People.class, stores.people);
    Answer answer =
        new Answer(
            people,
            log,
            operations,
            new NarrationPrompts("simulated"),
            edge.unfailing(Model.class, new SeededModel(dice, stores.clock, faults)),
            inbox,
            edge.unfailing(Push.class, pages.push()),
            stores.clock,
            PACE);
    GiveUp giveUp = new GiveUp(people, log, operations, inbox, stores.clock);
    return new Assistant(answer, giveUp, stores.jobs, stores.deadJobs, edge)::work;
  }

  private Runnable stepWorker(int i) {
    Boundary edge = new Boundary("steps " + i, faults);
    return new StepWorker(
            edge.failing(People.class, stores.people),
            edge.failing(Inbox.class, stores::arrive),
            edge.failing(Schedules.class, stores.timetable),
            stores.invocations,
            dice,
            stores.clock,
            edge)
        ::work;
  }
}
