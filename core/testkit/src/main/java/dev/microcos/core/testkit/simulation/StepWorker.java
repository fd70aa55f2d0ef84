package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.testkit.simulation.Invocation.Due;
import dev.microcos.core.testkit.simulation.Invocation.Ended;
import dev.microcos.core.testkit.simulation.Invocation.Late;
import dev.microcos.core.testkit.simulation.Invocation.Task;
import java.time.InstantSource;
import java.util.Random;

/** A process that does one call after the other, as the function of the steps does. */
final class StepWorker {

  /** One call in so many fails for a reason of its own, and one of these for good. */
  private static final int FAILING = 12;

  /** One call in so many is lost sight of: it is made anew, and speaks all the same. */
  private static final int LATE = 8;

  private static final int LATEST_SECONDS = 240;

  private final People people;
  private final Inbox inbox;
  private final Schedules schedules;
  private final Invocations invocations;
  private final Random dice;
  private final InstantSource clock;
  private final Boundary edge;

  StepWorker(
      People people,
      Inbox inbox,
      Schedules schedules,
      Invocations invocations,
      Random dice,
      InstantSource clock,
      Boundary edge) {
    this.people = people;
    this.inbox = inbox;
    this.schedules = schedules;
    this.invocations = invocations;
    this.dice = dice;
    this.clock = clock;
    this.edge = edge;
  }

  void work() {
    switch (invocations.take()) {
      case null -> {}
      case Task task when !task.execution().isAt(task) -> {}
      case Task task when dice.nextInt(LATE) == 0 -> loseSightOf(task);
      case Task task -> take(task);
      case Late late -> hear(late, () -> speak(late.task()));
      case Ended ended -> hear(ended, () -> inbox.send(StepReports.ended(ended, clock.instant())));
      case Due due -> hear(due, () -> start(due));
    }
  }

  private void loseSightOf(Task task) {
    invocations.add(new Late(task), clock.instant().plusSeconds(dice.nextInt(LATEST_SECONDS)));
    task.execution().failed(task, true);
  }

  /** What an attempt reports too late; its reply is not waited for. */
  private void speak(Task task) {
    if (!isErased(task.execution().asked().run().person())) {
      StepReports reports = new StepReports(task, clock.instant());
      reports.first().forEach(inbox::send);
      reports.last().forEach(inbox::send);
    }
  }

  /** Step Functions hears of each call how it ended, also when the process did. */
  private void take(Task task) {
    try {
      tried(task);
    } catch (Crash crash) {
      task.execution().died(task);
      throw crash;
    }
  }

  private void tried(Task task) {
    StepReports reports = new StepReports(task, clock.instant());
    int luck = dice.nextInt(FAILING * FAILING);
    try {
      if (isErased(task.execution().asked().run().person())) {
        edge.cross("refuses", () -> task.execution().failed(task, false));
        return;
      }
      reports.first().forEach(inbox::send);
      if (luck < FAILING) {
        inbox.send(reports.failed(luck > 0));
      } else {
        reports.last().forEach(inbox::send);
      }
    } catch (Unavailable passing) {
      edge.cross("fails", () -> task.execution().failed(task, true));
      return;
    }
    if (luck < FAILING) {
      edge.cross("fails", () -> task.execution().failed(task, luck > 0));
    } else {
      edge.cross("replies", () -> task.execution().done(task, reports.after()));
    }
  }

  /** What an event tells comes again until it is heard. */
  private void hear(Invocation told, Runnable work) {
    boolean[] heard = new boolean[1];
    try {
      work.run();
      heard[0] = true;
    } catch (Unavailable passing) {
      // it comes again
    } finally {
      if (!heard[0]) {
        invocations.add(told, clock.instant().plusSeconds(60));
      }
    }
  }

  /** A schedule of somebody who was erased starts nothing, and is taken back. */
  private void start(Due due) {
    if (isErased(due.person())) {
      schedules.remove(due.person(), due.schedule().name());
    } else {
      inbox.send(StepReports.started(due, clock.instant()));
    }
  }

  private boolean isErased(Person person) {
    return people.current(person.user(), person.generation()).generation() > person.generation();
  }
}
