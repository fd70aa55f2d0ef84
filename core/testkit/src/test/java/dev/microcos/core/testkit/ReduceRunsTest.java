package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.core.application.PerformRun;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.RunFact.ChildEnded;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.testkit.MemoryExecutions.Failure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs from their start to their end, their children, and the list that their person has of them.
 */
class ReduceRunsTest extends ReducedRuns {

  @Test
  void a_run_starts_one_execution_and_its_person_knows_of_it() {
    PersonRun run = runs.run(ANA);
    Envelope start = start(run);
    reduce(start, start);
    assertThat(executions.started()).containsOnlyKeys(run.run().value());
    assertThat(state(run).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(brief(run).status()).isEqualTo(RunStatus.RUNNING);
    reduce(runs.envelope(run, new RunCompleted(new Document("1")), clock.instant()));
    assertThat(brief(run).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(brief(run).endedAt()).isNotNull();
    long seq = ana().seq();
    reduce(start);
    assertThat(ana().seq()).isEqualTo(seq);
    assertThat(executions.started()).hasSize(1);
  }

  @Test
  void an_execution_that_can_never_start_fails_its_run() {
    executions.refuse("StateMachineDoesNotExist");
    PersonRun run = runs.run(ANA);
    reduce(start(run));
    assertThat(state(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(brief(run).error()).isEqualTo(PerformRun.FAILED_TO_START);
  }

  @Test
  void a_run_that_was_cancelled_before_it_began_never_begins() {
    PersonRun run = runs.run(ANA);
    Reduce<RunState> down = reducer(new Refusing());
    Envelope start = start(run);
    Envelope cancel = runs.envelope(run, new RunCancelled("ana"), clock.instant());
    assertThatThrownBy(() -> down.reduce(List.of(new Incoming(start, 1)))).hasMessage("down");
    reduce(cancel, start);
    assertThat(executions.started()).isEmpty();
    assertThat(executions.stopped()).containsExactly(run.run().value());
    assertThat(brief(run).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void a_run_that_nobody_waits_for_is_not_started_twice() {
    PersonRun run = runs.run(ANA);
    reduce(start(run), start(run));
    assertThat(executions.started()).hasSize(1);
    assertThat(runLog.after(run, 0, 10).stream().flatMap(commit -> commit.events().stream()))
        .anyMatch(event -> event.fact() instanceof Rejected);
  }

  @Test
  void a_child_answers_its_parent_and_falls_with_it() {
    PersonRun parent = runs.run(ANA);
    PersonRun child = runs.run(ANA);
    PersonRun second = runs.run(ANA);
    Parent by = new Parent(parent.run(), STEP, 1, Parent.OnCancel.CANCEL);
    reduce(start(parent), runs.starts(child, by, clock.instant()));
    reduce(runs.envelope(child, new RunCompleted(new Document("[1]")), clock.instant()));
    assertThat(executions.succeeded())
        .containsExactly(Map.entry("parent token", new Document("[1]")));
    assertThat(heard(parent))
        .containsExactly(
            new ChildEnded(child.run(), RunStatus.COMPLETED, new Document("[1]"), null));
    reduce(runs.starts(second, by, clock.instant()));
    reduce(runs.envelope(parent, new RunCancelled("ana"), clock.instant()));
    assertThat(state(second).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(executions.stopped())
        .containsExactlyInAnyOrder(parent.run().value(), second.run().value());
    assertThat(state(child).status()).isEqualTo(RunStatus.COMPLETED);
  }

  @ParameterizedTest
  @MethodSource("endsWithoutResult")
  void a_child_without_a_result_fails_its_parents_step_and_says_what_happened(
      RunFact end, String words) {
    PersonRun parent = runs.run(ANA);
    PersonRun child = runs.run(ANA);
    Parent by = new Parent(parent.run(), STEP, 1, Parent.OnCancel.CANCEL);
    reduce(start(parent), runs.starts(child, by, clock.instant()));
    reduce(runs.envelope(child, end, clock.instant()));
    assertThat(executions.failed())
        .containsExactly(
            Map.entry(
                "parent token",
                new Failure("Run.NotCompleted", "the run " + child.run() + " " + words)));
    assertThat(heard(parent))
        .containsExactly(
            new ChildEnded(
                child.run(), state(child).status(), null, "the run " + child.run() + " " + words));
  }

  /** What a run was told of the ends of those that it started. */
  private Stream<Fact> heard(PersonRun parent) {
    return runLog.after(parent, 0, 10).stream()
        .flatMap(commit -> commit.events().stream())
        .map(Event::fact)
        .filter(ChildEnded.class::isInstance);
  }

  static Stream<Arguments> endsWithoutResult() {
    return Stream.of(
        Arguments.of(new RunCancelled("ana"), "was cancelled by ana"),
        Arguments.of(new RunTimedOut(), "was not done in time"),
        Arguments.of(new RunFailed("Fire", "it burns", null), "failed with Fire: it burns"),
        Arguments.of(new RunFailed("Fire", "", null), "failed with Fire"));
  }

  @Test
  void a_child_answers_the_token_that_its_parent_waits_with_last() {
    PersonRun parent = runs.run(ANA);
    PersonRun child = runs.run(ANA);
    Parent by = new Parent(parent.run(), STEP, 1, Parent.OnCancel.CANCEL);
    reduce(start(parent), runs.starts(child, by, clock.instant()));
    Envelope anew = waitsWith(child, "second token");
    reduce(anew, anew);
    assertThat(executions.started()).containsOnlyKeys(parent.run().value(), child.run().value());
    reduce(runs.envelope(child, new RunCompleted(new Document("[1]")), clock.instant()));
    assertThat(executions.succeeded())
        .containsExactly(Map.entry("second token", new Document("[1]")));
    reduce(waitsWith(child, "third token"));
    assertThat(executions.succeeded()).containsEntry("third token", new Document("[1]"));
    assertThat(state(child).status()).isEqualTo(RunStatus.COMPLETED);
  }

  /** The parent's step is begun again, and asks for the run under another token. */
  private Envelope waitsWith(PersonRun child, String token) {
    RunStarted as = Objects.requireNonNull(state(child).begun()).as();
    return runs.envelope(child, as.waitedForBy(as.parent(), token), clock.instant());
  }

  @Test
  void runs_are_listed_newest_first_also_those_that_the_state_has_no_more() {
    List<PersonRun> all = List.of(runs.run(ANA), runs.run(ANA), runs.run(ANA), runs.run(ANA));
    for (PersonRun run : all.subList(1, 4)) {
      reduce(start(run));
    }
    reducer(executions).reduce(List.of(new Incoming(start(all.getFirst()), 1)));
    List<RunId> names = all.reversed().stream().map(PersonRun::run).toList();
    ReadRuns read =
        new ReadRuns(
            log,
            runLog,
            (person, before, limit) ->
                names.subList(before == null ? 0 : names.indexOf(before) + 1, 4),
            clock);
    ReadRuns.Page first = read.list(ANA, Optional.empty(), Optional.empty(), Optional.empty(), 2);
    assertThat(first.runs())
        .extracting(RunBrief::runId)
        .containsExactlyElementsOf(names.subList(0, 2));
    assertThat(first.more()).isTrue();
    ReadRuns.Page rest =
        read.list(ANA, Optional.empty(), Optional.empty(), Optional.of(names.get(1)), 2);
    assertThat(rest.runs())
        .extracting(RunBrief::runId)
        .containsExactlyElementsOf(names.subList(2, 4));
    assertThat(rest.more()).isFalse();
    assertThat(read.find(People.person("ben"), names.getFirst())).isEmpty();
  }
}
