package dev.microcos.core.domain.run;

import static dev.microcos.core.domain.run.RunStory.ANA;
import static dev.microcos.core.domain.run.RunStory.HOUR;
import static dev.microcos.core.domain.run.RunStory.INPUT;
import static dev.microcos.core.domain.run.RunStory.input;
import static dev.microcos.core.domain.run.RunStory.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.RunEffect.AnswerQuestion;
import dev.microcos.core.domain.log.RunEffect.AnswerWait;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What a run waits for: a person's answer or a signal, the first one that comes by its deadline.
 */
class QuestionsAndWaitsTest {

  @Nested
  class A_question {

    @Test
    void is_answered_by_who_is_first() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      assertThat(story.state().status()).isEqualTo(RunStatus.WAITING_INPUT);
      assertThat(story.effects()).containsExactly(new TellPerson());
      story.answers("Ask", "true", ANA);
      assertThat(story.effects())
          .containsExactly(new AnswerQuestion(input("Ask")), new TellPerson());
      assertThat(story.state().status()).isEqualTo(RunStatus.RUNNING);
      Step ask = story.state().steps().list().getFirst();
      assertThat(ask.status()).isEqualTo(Step.Status.COMPLETED);
      story.answers("Ask", "false", "usr_" + "b".repeat(26));
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      Question question = story.state().questions().list().getFirst();
      assertThat(question.answer()).isNotNull();
      assertThat(question.answer().value().json()).isEqualTo("true");
      assertThat(question.answer().by()).isEqualTo(ANA);
    }

    @Test
    void with_a_new_token_is_the_same_question() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.asks("Ask", "t2", HOUR);
      assertThat(story.state().questions().list())
          .singleElement()
          .extracting(Question::token)
          .isEqualTo("t2");
      assertThat(story.state().status()).isEqualTo(RunStatus.WAITING_INPUT);
    }

    @Test
    void that_is_answered_gives_its_answer_to_a_new_token_at_once() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.answers("Ask", "true", ANA);
      story.asks("Ask", "t2", HOUR);
      assertThat(story.effects()).containsExactly(new AnswerQuestion(input("Ask")));
      assertThat(story.state().questions().list().getFirst().token()).isEqualTo("t2");
      assertThat(story.state().status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void without_a_default_fails_its_step_at_the_deadline() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR, null);
      story.later(HOUR);
      story.answers("Ask", "true", ANA);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().questions().list().getFirst().status())
          .isEqualTo(Question.Status.EXPIRED);
      Step ask = story.state().steps().list().getFirst();
      assertThat(ask.status()).isEqualTo(Step.Status.FAILED);
      assertThat(ask.error()).isEqualTo(Step.TIMEOUT);
      assertThat(story.effects()).containsExactly(new TellPerson());
    }

    @Test
    void with_a_default_waits_for_that_after_its_deadline_and_for_nobody_else() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      Instant deadline = story.state().questions().list().getFirst().deadline();
      story.later(HOUR);
      story.answers("Ask", "true", ANA);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      story.asks("Ask", "t2", HOUR);
      Question question = story.state().questions().list().getFirst();
      assertThat(question.status()).isEqualTo(Question.Status.EXPIRED);
      assertThat(question.deadline()).isEqualTo(deadline);
      assertThat(story.state().steps().list().getFirst().status()).isEqualTo(Step.Status.WAITING);
    }

    @Test
    void reads_as_expired_once_its_deadline_has_passed_before_any_event_tells_so() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR, null);
      RunState asked = story.state();
      Question open = asked.questions().list().getFirst();
      RunState before = RunEvolution.asOf(asked, open.deadline().minusMillis(1));
      assertThat(before).isEqualTo(asked);
      RunState after = RunEvolution.asOf(asked, open.deadline());
      assertThat(after.questions().list().getFirst().status()).isEqualTo(Question.Status.EXPIRED);
      assertThat(after.steps().list().getFirst().error()).isEqualTo(Step.TIMEOUT);
      assertThat(after.status()).isEqualTo(RunStatus.RUNNING);
      assertThat(after.seq()).isEqualTo(asked.seq());
    }

    @Test
    void is_answered_by_its_deadline_unless_somebody_was_first() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.later(HOUR);
      story.asks("Ask", "t2", HOUR);
      assertThat(story.state().status()).isEqualTo(RunStatus.RUNNING);
      story.answers("Ask", "false", InputReceived.DEADLINE);
      assertThat(story.refusal()).isNull();
      assertThat(story.effects()).contains(new AnswerQuestion(input("Ask")));
      RunStory faster = RunStory.begun();
      faster.begins("Ask", 1, INPUT);
      faster.asks("Ask", "t1", HOUR);
      faster.answers("Ask", "true", ANA);
      faster.later(HOUR);
      faster.asks("Ask", "t2", HOUR);
      faster.answers("Ask", "false", InputReceived.DEADLINE);
      assertThat(faster.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(faster.state().questions().list().getFirst().answer()).isNotNull();
      assertThat(faster.state().questions().list().getFirst().answer().by()).isEqualTo(ANA);
    }

    @Test
    void that_was_never_asked_has_no_answer() {
      RunStory story = RunStory.begun();
      story.answers("Ask", "true", ANA);
      assertThat(story.refusal()).isEqualTo(RejectionCode.NOT_FOUND);
    }
  }

  @Nested
  class A_wait {

    @Test
    void ends_with_the_first_signal() {
      RunStory story = RunStory.begun();
      story.begins("Await", 1, INPUT);
      story.waits("Await", "t1", HOUR);
      assertThat(story.state().status()).isEqualTo(RunStatus.WAITING_SIGNAL);
      story.signal("Await", "{\"n\":1}");
      assertThat(story.effects()).containsExactly(new AnswerWait(step("Await")), new TellPerson());
      story.signal("Await", "{\"n\":2}");
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().waits().list().getFirst().data())
          .isEqualTo(new Document("{\"n\":1}"));
    }

    @Test
    void that_is_served_gives_its_signal_to_a_new_token_at_once() {
      RunStory story = RunStory.begun();
      story.begins("Await", 1, INPUT);
      story.waits("Await", "t1", HOUR);
      story.signal("Await", "{}");
      story.waits("Await", "t2", HOUR);
      assertThat(story.effects()).containsExactly(new AnswerWait(step("Await")));
      assertThat(story.state().waits().list().getFirst().token()).isEqualTo("t2");
    }

    @Test
    void ends_at_its_deadline() {
      RunStory story = RunStory.begun();
      story.begins("Await", 1, INPUT);
      story.waits("Await", "t1", HOUR);
      story.later(HOUR);
      story.signal("Await", "{}");
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().waits().list().getFirst().status()).isEqualTo(Wait.Status.EXPIRED);
    }
  }
}
