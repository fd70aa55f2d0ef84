package dev.microcos.core.domain.run;

import static dev.microcos.core.domain.run.RunStory.ANA;
import static dev.microcos.core.domain.run.RunStory.HOUR;
import static dev.microcos.core.domain.run.RunStory.INPUT;
import static dev.microcos.core.domain.run.RunStory.another;
import static dev.microcos.core.domain.run.RunStory.input;
import static dev.microcos.core.domain.run.RunStory.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.RunEffect.AnswerParent;
import dev.microcos.core.domain.log.RunEffect.AnswerQuestion;
import dev.microcos.core.domain.log.RunEffect.AnswerWait;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.run.Parent.OnCancel;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Step Functions makes a call anew that it lost sight of, and the lost one may speak after that:
 * with a token that nobody waits with any more.
 */
class LateAttemptTest {

  private static final Document NO = new Document("false");

  @Nested
  class A_question {
    private final RunStory story = RunStory.begun();

    @Test
    void keeps_the_token_of_the_newer_attempt() {
      story.begins("Ask", 2, INPUT);
      story.asks("Ask", 2, "new", HOUR, NO);
      story.asks("Ask", 1, "old", HOUR, NO);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(question().token()).isEqualTo("new");
      assertThat(question().attempt()).isEqualTo(2);
      story.answers("Ask", "true", ANA);
      assertThat(story.effects()).contains(new AnswerQuestion(input("Ask")));
      assertThat(question().token()).isEqualTo("new");
    }

    @Test
    void that_is_answered_is_not_answered_to_the_old_token() {
      story.begins("Ask", 2, INPUT);
      story.asks("Ask", 2, "new", HOUR, NO);
      story.answers("Ask", "true", ANA);
      story.asks("Ask", 1, "old", HOUR, NO);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.effects()).isEmpty();
      assertThat(question().token()).isEqualTo("new");
    }

    @Test
    void takes_the_token_of_a_newer_attempt_and_of_the_same_one_made_again() {
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", 1, "first", HOUR, NO);
      story.asks("Ask", 1, "again", HOUR, NO);
      assertThat(question().token()).isEqualTo("again");
      story.asks("Ask", 2, "second", HOUR, NO);
      assertThat(question().token()).isEqualTo("second");
      assertThat(question().attempt()).isEqualTo(2);
    }

    @Test
    void whose_time_is_up_keeps_what_waits_for_the_default_answer() {
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", 1, "first", HOUR, NO);
      story.later(HOUR);
      story.asks("Ask", 2, "time is up", HOUR, NO);
      story.asks("Ask", 1, "first, late", HOUR, NO);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(question().token()).isEqualTo("time is up");
    }

    @Test
    void that_answered_itself_begins_no_step_behind_those_that_followed() {
      story.asks("Ask", 2, "time is up", HOUR, NO);
      story.answers("Ask", "false", InputReceived.DEADLINE);
      story.begins("Next", 1, INPUT);
      story.begins("Ask", 1, INPUT);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().steps()).extracting(Step::name).containsExactly("Next");
    }

    private Question question() {
      return story.state().questions().list().getFirst();
    }
  }

  @Nested
  class A_wait {
    private final RunStory story = RunStory.begun();

    @Test
    void keeps_the_token_of_the_newer_attempt() {
      story.begins("Await", 2, INPUT);
      story.waits("Await", 2, "new", HOUR);
      story.waits("Await", 1, "old", HOUR);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(await().token()).isEqualTo("new");
      story.signal("Await", "{}");
      assertThat(story.effects()).contains(new AnswerWait(step("Await")));
      story.waits("Await", 1, "old", HOUR);
      assertThat(story.effects()).isEmpty();
      assertThat(await().token()).isEqualTo("new");
      assertThat(await().attempt()).isEqualTo(2);
    }

    @Test
    void takes_the_token_of_a_newer_attempt() {
      story.begins("Await", 1, INPUT);
      story.waits("Await", 1, "first", HOUR);
      story.waits("Await", 3, "third", HOUR);
      assertThat(story.refusal()).isNull();
      assertThat(await().token()).isEqualTo("third");
    }

    private Wait await() {
      return story.state().waits().list().getFirst();
    }
  }

  @Nested
  class A_child {
    private final RunStory story = new RunStory();

    @Test
    void answers_the_newer_attempt_of_its_parent() {
      story.comes(started(2, "new"));
      story.comes(started(1, "old"));
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(begun().parentToken()).isEqualTo("new");
      story.comes(started(3, "newest"));
      assertThat(begun().parentToken()).isEqualTo("newest");
      story.comes(new RunCompleted(Document.EMPTY));
      story.comes(started(2, "old"));
      assertThat(story.effects()).isEmpty();
      story.comes(started(4, "last"));
      assertThat(story.effects()).containsExactly(new AnswerParent());
      assertThat(begun().parentToken()).isEqualTo("last");
    }

    private RunStarted begun() {
      return Objects.requireNonNull(story.state().begun()).as();
    }

    private RunStarted started(int attempt, String token) {
      return RunStory.started(
          new Parent(another(), step("Start"), attempt, OnCancel.CANCEL), token);
    }
  }
}
