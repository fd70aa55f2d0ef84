package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Call;
import dev.microcos.core.application.port.Operations.Claim;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * When the models that a run's steps ask are stopped: at the end of the run, or when a step is
 * begun again.
 */
class StopModelsTest extends ReducedRuns {

  @Test
  void a_cancelled_run_stops_the_models_that_its_steps_ask_also_of_one_that_was_about_to() {
    PersonRun run = runs.run(ANA);
    Envelope asking = runs.asks(run, "Plan", clock.instant());
    Envelope about = runs.asks(run, "Work", clock.instant());
    reduce(start(run), asking);
    assertThat(claims(asking)).isInstanceOf(Claim.Taken.class);
    reduce(runs.envelope(run, new RunCancelled("ana"), clock.instant()));
    RunState over = state(run);
    assertThat(claims(asking)).isInstanceOf(Claim.Cancelled.class);
    reduce(about);
    assertThat(claims(about)).isInstanceOf(Claim.Cancelled.class);
    assertThat(executions.stopped()).containsExactly(run.run().value());
    assertThat(state(run).steps()).isEqualTo(over.steps());
    assertThat(state(run).ending()).isEqualTo(over.ending());
  }

  @Test
  void a_run_that_ends_by_itself_stops_the_models_that_its_other_branches_ask() {
    for (RunFact end :
        List.of(
            new RunFailed("Boom", "a branch failed", null),
            new RunTimedOut(),
            new RunCompleted(new Document("1")))) {
      PersonRun run = runs.run(ANA);
      Envelope answered = runs.asks(run, "Plan", clock.instant());
      Envelope asking = runs.asks(run, "Work", clock.instant());
      reduce(start(run), answered, asking);
      StepId done = ((StepStarted) answered.fact()).stepId();
      reduce(runs.envelope(run, failed(done), clock.instant()));
      clock.advance(Duration.ofSeconds(1));
      assertThat(claims(asking)).isInstanceOf(Claim.Taken.class);
      Envelope over = runs.envelope(run, end, clock.instant());
      reduce(over, over);
      assertThat(claims(asking)).as("%s", end).isInstanceOf(Claim.Cancelled.class);
      assertThat(claims(answered)).as("not stopped by %s", end).isInstanceOf(Claim.Taken.class);
      assertThat(executions.stopped()).isEmpty();
    }
  }

  @Test
  void a_step_that_is_begun_again_stops_the_model_that_its_earlier_attempt_asks() {
    PersonRun run = runs.run(ANA);
    Envelope first = runs.asks(run, "Plan", clock.instant());
    reduce(start(run), first);
    assertThat(claims(first)).isInstanceOf(Claim.Taken.class);
    Envelope second = runs.asksAgain(run, first, clock.instant());
    reduce(second, second);
    assertThat(claims(first)).isInstanceOf(Claim.Cancelled.class);
    assertThat(claims(second)).isInstanceOf(Claim.Taken.class);
  }

  private static StepFailed failed(StepId step) {
    return new StepFailed(step, 1, "Boom", "it broke", false, 1, TokenUse.NONE, 0);
  }

  private Claim claims(Envelope asking) {
    Call call =
        new Call.OfStep(ANA, Objects.requireNonNull(asking.operation()), asking.request(), "agent");
    return operations.claim(call, clock.instant(), Duration.ofMinutes(1));
  }
}
