package dev.microcos.core.testkit.simulation;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.run.Begun;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.Step;
import dev.microcos.core.domain.run.Trigger;
import dev.microcos.core.domain.run.Wait;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.wire.RunView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a person can want of their runs, as they see them. */
final class RunWishes {

  private final Random dice;
  private final Stores stores;

  RunWishes(Random dice, Stores stores) {
    this.dice = dice;
    this.stores = stores;
  }

  /**
   * A wish.
   *
   * @param run the run that it is about, if it is about one that is there
   * @param fact makes the fact, given the id of the event
   */
  record Wish(@Nullable RunId run, Function<EventId, Fact> fact) {}

  /** Something that a person wants; what there is no run for becomes a new one. */
  Wish any(Person person) {
    List<RunState> runs = stores.runsOf(person);
    return switch (dice.nextInt(12)) {
      case 0, 1, 2 -> answer(runs);
      case 3 -> cancel(runs);
      case 4 -> rerun(runs);
      case 5, 6 -> signal(runs);
      case 7 -> schedule();
      default -> start();
    };
  }

  private Wish start() {
    return start(Program.NAMES.get(dice.nextInt(Program.NAMES.size())));
  }

  private Wish start(String workflow) {
    Document input =
        new Document(
            "{\"child\":\""
                + Program.NAMES.get(dice.nextInt(Program.NAMES.size()))
                + "\",\"n\":"
                + dice.nextInt(4)
                + "}");
    Trigger trigger = new Trigger(Trigger.Kind.API, null);
    return new Wish(null, _ -> StepReports.started(workflow, input, trigger, null, null));
  }

  private Wish answer(List<RunState> runs) {
    List<Wish> answers = new ArrayList<>();
    for (RunState run : runs) {
      for (Question question : run.questions()) {
        answers.add(answered(run, question));
      }
    }
    return answers.isEmpty() ? start() : answers.get(dice.nextInt(answers.size()));
  }

  Wish answered(RunState run, Question question) {
    Document value = new Document("\"answer " + dice.nextInt(1_000) + "\"");
    String by = run.subject().person().user().value();
    return new Wish(
        run.subject().run(), _ -> new InputReceived(question.inputId(), value, by, null));
  }

  private Wish cancel(List<RunState> runs) {
    if (runs.isEmpty()) {
      return start();
    }
    PersonRun run = runs.get(dice.nextInt(runs.size())).subject();
    String by = run.person().user().value();
    return new Wish(run.run(), _ -> new RunCancelled(by));
  }

  private Wish rerun(List<RunState> runs) {
    List<RunState> over =
        runs.stream().filter(run -> run.status().isOver() && run.steps().size() > 0).toList();
    if (over.isEmpty()) {
      return start();
    }
    RunState run = over.get(dice.nextInt(over.size()));
    Step from = run.steps().list().get(dice.nextInt(run.steps().size()));
    Begun begun = Objects.requireNonNull(run.begun());
    RunStarted again =
        new RunStarted(
            begun.as().workflow(),
            begun.as().title(),
            begun.as().definitionHash(),
            begun.as().input(),
            new Trigger(Trigger.Kind.RERUN, null),
            from.name(),
            RunView.before(run, from),
            run.subject().run(),
            null,
            null);
    return new Wish(null, _ -> again);
  }

  private Wish signal(List<RunState> runs) {
    RunId only =
        runs.isEmpty() || dice.nextInt(4) > 0
            ? null
            : runs.get(dice.nextInt(runs.size())).subject().run();
    String type =
        switch (dice.nextInt(5)) {
          case 0 -> Program.TRIGGER;
          case 1 -> "nobody_knows";
          default -> Program.AWAITED;
        };
    return signal(type, new Document("{\"n\":" + dice.nextInt(4) + "}"), only);
  }

  private static Wish signal(String type, Document data, @Nullable RunId only) {
    return new Wish(null, id -> SignalSent.asked(id, type, data, only));
  }

  Wish signalled(RunState run, Wait wait) {
    Document match = wait.match();
    return signal(wait.signal(), match == null ? Document.EMPTY : match, run.subject().run());
  }

  private Wish schedule() {
    String name = "schedule " + dice.nextInt(2);
    if (dice.nextInt(3) == 0) {
      return new Wish(null, _ -> new ScheduleRemoved(name));
    }
    Schedule schedule =
        new Schedule(
            name,
            "rate(" + (2 + dice.nextInt(100)) + " minutes)",
            "UTC",
            dice.nextBoolean() ? "work" : "approval",
            new Document("{\"n\":" + dice.nextInt(4) + "}"),
            dice.nextInt(4) > 0);
    return new Wish(null, _ -> new ScheduleSet(schedule));
  }
}
