package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.RunBrief;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a run waits for and how it comes to it: a person's answer, or a signal. */
class AnswersAndSignalsTest extends ReducedRuns {

  @Nested
  class A_question {

    @Test
    void is_open_for_the_person_until_the_first_answer_which_the_execution_gets_once() {
      PersonRun run = runs.run(ANA);
      reduce(start(run), asks(run, "t1"));
      assertThat(ana().questions().list())
          .singleElement()
          .satisfies(asked -> assertThat(asked.question().prompt()).isEqualTo("Shall we?"));
      reduce(answers(run, "true"), answers(run, "false"));
      assertThat(executions.succeeded()).containsExactly(Map.entry("t1", new Document("true")));
      assertThat(ana().questions().list()).isEmpty();
    }

    @Test
    void that_is_asked_again_after_the_answer_is_answered_at_once() {
      PersonRun run = runs.run(ANA);
      reduce(start(run), asks(run, "t1"), answers(run, "true"), asks(run, "t2"));
      assertThat(executions.succeeded())
          .containsOnly(
              Map.entry("t1", new Document("true")), Map.entry("t2", new Document("true")));
    }

    @Test
    void whose_answer_was_lost_on_its_way_gets_it_when_the_envelope_comes_again() {
      PersonRun run = runs.run(ANA);
      reduce(start(run), asks(run, "t1"));
      Envelope answer = answers(run, "true");
      assertThatThrownBy(() -> reducer(new Refusing()).reduce(List.of(new Incoming(answer, 1))))
          .hasMessage("down");
      assertThat(executions.succeeded()).isEmpty();
      reduce(answer);
      assertThat(executions.succeeded()).containsOnlyKeys("t1");
    }
  }

  @Nested
  class A_signal {

    @Test
    void wakes_what_waits_for_it() {
      PersonRun run = runs.run(ANA);
      reduce(start(run), waits(run, "t1", new Document("{\"n\":1}")));
      reduce(signals("email_verified", "{\"n\":2}", null));
      assertThat(executions.succeeded()).isEmpty();
      reduce(signals("email_verified", "{\"m\":0,\"n\":1}", null));
      assertThat(executions.succeeded())
          .containsExactly(Map.entry("t1", new Document("{\"m\":0,\"n\":1}")));
      assertThat(state(run).status()).isEqualTo(RunStatus.RUNNING);
      assertThat(ana().waits().list()).isEmpty();
    }

    @Test
    void that_comes_before_its_wait_counts_once() {
      reduce(signals("email_verified", "{\"n\":1}", null));
      assertThat(ana().signals().list()).hasSize(1);
      PersonRun run = runs.run(ANA);
      PersonRun other = runs.run(ANA);
      reduce(start(run), waits(run, "t1", Document.EMPTY));
      assertThat(executions.succeeded()).containsOnlyKeys("t1");
      assertThat(ana().signals().list()).isEmpty();
      reduce(start(other));
      assertThat(executions.succeeded()).containsOnlyKeys("t1");
    }

    @Test
    void for_one_run_wakes_no_other() {
      PersonRun run = runs.run(ANA);
      PersonRun other = runs.run(ANA);
      reduce(start(run), waits(run, "t1", Document.EMPTY), start(other));
      reduce(signals("email_verified", "{}", other.run()));
      assertThat(executions.succeeded()).isEmpty();
      assertThat(ana().signals().list()).hasSize(1);
    }

    @Test
    void starts_the_workflows_that_it_triggers_once() {
      policy =
          Policy.DEFAULT.with(
              Map.of(
                  "user_registered",
                  List.of(new Policy.Triggered("onboarding", "Onboarding", "b".repeat(64)))));
      Envelope signal = signals("user_registered", "{\"email\":\"a@b\"}", null);
      reduce(signal, signal);
      assertThat(executions.started()).hasSize(1);
      assertThat(ana().runs().list())
          .singleElement()
          .extracting(RunBrief::workflow)
          .isEqualTo("onboarding");
      assertThat(ana().signals().list()).isEmpty();
    }
  }
}
