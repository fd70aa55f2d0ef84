package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.PerformRun;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.run.Begun;
import dev.microcos.core.domain.run.Child;
import dev.microcos.core.domain.run.Ending;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Projection;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.run.Wait;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.testkit.simulation.SimulatedExecution.Status;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.RunView;
import java.util.Objects;
import java.util.stream.Stream;

/** What must hold of a run. */
final class RunVerdict {

  private RunVerdict() {}

  /** Of all runs of a person: what has not ended waits for something that can come. */
  static void onRest(Stores stores, Person person) {
    UserState state = stores.log.load(person).state();
    for (RunState run : stores.runsOf(person)) {
      assertThat(run.status())
          .as("a run that never begins: %s", run)
          .isNotEqualTo(RunStatus.PENDING);
      known(state, run);
      SimulatedExecution execution = stores.stepFunctions.of(run.subject());
      if (execution != null && execution.status() == Status.RUNNING) {
        assertThat(run.status().isOver()).as("goes on though it is over: %s", run).isFalse();
        assertThat(isAwaited(stores, run, Objects.requireNonNull(execution.token())))
            .as("nobody will ever answer %s", run)
            .isTrue();
      } else {
        assertThat(run.status().isOver()).as("is not over: %s", run).isTrue();
      }
      fallsWithItsParent(stores, run);
    }
    for (RunState run : stores.runsOf(person)) {
      for (Wait wait : run.waits()) {
        assertThat(
                wait.isOpen()
                    && state.signals().stream()
                        .anyMatch(kept ->
                            kept.signal().equals(wait.signal())
                                && (kept.runId() == null
                                    || kept.runId().equals(run.subject().run()))
                                && (wait.match() == null || kept.data().holds(wait.match()))))
            .as("a signal that came before its wait: %s", wait)
            .isFalse();
      }
    }
  }

  /** What the person knows of the run is what its own log has. */
  private static void known(UserState state, RunState run) {
    RunBrief brief = state.runs().get(run.subject().run().value());
    assertThat(brief).as("the person knows of %s", run.subject()).isNotNull();
    RunUpdated news = Projection.of(run);
    assertThat(Objects.requireNonNull(brief).status()).isEqualTo(news.status());
    assertThat(
            state.questions().stream()
                .filter(asked -> asked.runId().equals(news.runId()))
                .map(asked -> asked.question()))
        .as("questions of %s", run)
        .containsExactlyInAnyOrderElementsOf(news.questions());
    assertThat(
            state.waits().stream()
                .filter(wait -> wait.runId().equals(news.runId()))
                .map(wait -> wait.open()))
        .as("waits of %s", run)
        .containsExactlyInAnyOrderElementsOf(news.waits());
  }

  private static boolean isAwaited(Stores stores, RunState run, String token) {
    return run.questions().stream().anyMatch(each -> each.isOpen() && each.token().equals(token))
        || run.waits().stream().anyMatch(each -> each.isOpen() && each.token().equals(token))
        || run.children().stream().anyMatch(child -> isAwaited(stores, run, child, token));
  }

  private static boolean isAwaited(Stores stores, RunState parent, Child child, String token) {
    PersonRun of = new PersonRun(parent.subject().person(), child.runId());
    Begun begun = stores.runLog.load(of).state().begun();
    return !child.over() && begun != null && token.equals(begun.as().parentToken());
  }

  private static void fallsWithItsParent(Stores stores, RunState run) {
    Parent parent = Objects.requireNonNull(run.begun()).as().parent();
    if (parent == null || parent.onCancel() != Parent.OnCancel.CANCEL || run.status().isOver()) {
      return;
    }
    PersonRun of = new PersonRun(run.subject().person(), parent.runId());
    assertThat(stores.runLog.load(of).state().status())
        .as("the parent of %s", run)
        .isNotEqualTo(RunStatus.CANCELLED);
  }

  /** The run has ended as its execution did, or was cancelled before. */
  static void onEnd(Stores stores, RunState run) {
    SimulatedExecution execution = stores.stepFunctions.of(run.subject());
    Ending ending = Objects.requireNonNull(run.ending(), "a run that never ends");
    if (execution == null) {
      assertThat(ending.status()).isIn(RunStatus.FAILED, RunStatus.CANCELLED);
      assertThat(ending.error()).isIn(PerformRun.FAILED_TO_START, null);
      return;
    }
    RunStatus same =
        switch (execution.status()) {
          case SUCCEEDED -> RunStatus.COMPLETED;
          case FAILED -> RunStatus.FAILED;
          case TIMED_OUT -> RunStatus.TIMED_OUT;
          case ABORTED -> RunStatus.CANCELLED;
          case RUNNING -> RunStatus.RUNNING;
        };
    assertThat(ending.status()).as("how %s ended", run).isIn(same, RunStatus.CANCELLED);
    if (ending.status() == RunStatus.COMPLETED) {
      assertThat(ending.result()).isEqualTo(DocumentJson.of(execution.state()));
      assertThat(RunView.state(run))
          .as("what its steps tell of %s", run)
          .isEqualTo(ending.result());
    }
    goesOnAsItWasTold(stores, run, execution);
  }

  /** What the execution was given is what the log says. */
  private static void goesOnAsItWasTold(Stores stores, RunState run, SimulatedExecution execution) {
    execution
        .resumed()
        .forEach((step, result) -> {
          Question question = run.questions().get(InputId.askedBy(step).value());
          Wait wait = run.waits().get(step.value());
          if (question != null) {
            assertThat(Objects.requireNonNull(question.answer()).value()).isEqualTo(result);
          } else if (wait != null) {
            assertThat(wait.data()).isEqualTo(result);
          } else {
            assertThat(startedBy(stores, run, step).map(RunState::ending))
                .extracting(ended -> Objects.requireNonNull(ended).result())
                .containsExactly(result);
          }
        });
  }

  /** The parent itself does not know of a run that began when it was over already. */
  private static Stream<RunState> startedBy(Stores stores, RunState parent, StepId step) {
    return stores.runsOf(parent.subject().person()).stream()
        .filter(run -> {
          Parent by = Objects.requireNonNull(run.begun()).as().parent();
          return by != null && by.stepId().equals(step);
        });
  }
}
