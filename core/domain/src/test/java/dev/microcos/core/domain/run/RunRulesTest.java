package dev.microcos.core.domain.run;

import static dev.microcos.core.domain.run.RunStory.AFTER;
import static dev.microcos.core.domain.run.RunStory.ANA;
import static dev.microcos.core.domain.run.RunStory.HOUR;
import static dev.microcos.core.domain.run.RunStory.INPUT;
import static dev.microcos.core.domain.run.RunStory.another;
import static dev.microcos.core.domain.run.RunStory.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.RunEffect.AnswerParent;
import dev.microcos.core.domain.log.RunEffect.CancelChild;
import dev.microcos.core.domain.log.RunEffect.StartExecution;
import dev.microcos.core.domain.log.RunEffect.StopExecution;
import dev.microcos.core.domain.log.RunEffect.TellParent;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import dev.microcos.core.domain.log.RunFact.ChildEnded;
import dev.microcos.core.domain.log.RunFact.ChildStarted;
import dev.microcos.core.domain.log.RunFact.ExecutionStarted;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.run.Parent.OnCancel;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run starts and ends, and what its end means to its parent and its children. */
class RunRulesTest {

  @Nested
  class A_start {

    @Test
    void starts_an_execution_and_tells_the_person() {
      RunStory story = new RunStory();
      story.comes(RunStory.started(null));
      assertThat(story.effects()).containsExactly(new StartExecution(), new TellPerson());
      assertThat(story.state().status()).isEqualTo(RunStatus.PENDING);
      assertThat(story.state().stateHash()).isEqualTo(INPUT.hash());
    }

    @Test
    void that_comes_twice_has_no_second_effect() {
      RunStory story = RunStory.begun();
      story.comes(RunStory.started(null));
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.effects()).isEmpty();
      assertThat(story.state().status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void of_a_child_is_told_to_its_parent() {
      RunStory story = new RunStory();
      story.comes(RunStory.started(new Parent(another(), step("Start"), 1, OnCancel.CANCEL)));
      assertThat(story.effects())
          .containsExactly(new StartExecution(), new TellParent(), new TellPerson());
    }

    @Test
    void is_needed_before_anything_else() {
      RunStory story = new RunStory();
      story.comes(new RunCancelled(ANA));
      assertThat(story.refusal()).isEqualTo(RejectionCode.NOT_FOUND);
      assertThat(story.effects()).isEmpty();
      story.comes(RunStory.started(null));
      assertThat(story.state().isThere()).isTrue();
    }
  }

  @Nested
  class An_end {

    @Test
    void leaves_nothing_open() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.waits("Await", "t2", HOUR);
      story.comes(new RunCancelled(ANA));
      assertThat(story.effects()).hasSize(2).last().isEqualTo(new TellPerson());
      assertThat(story.effects().getFirst()).isInstanceOf(StopExecution.class);
      RunState over = story.state();
      assertThat(over.status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(over.questions().list()).noneMatch(Question::isOpen);
      assertThat(over.waits().list()).noneMatch(Wait::isOpen);
      assertThat(over.steps().list()).extracting(Step::status).containsOnly(Step.Status.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void is_changed_by_nothing_that_comes_later(int which) {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.comes(new RunCompleted(AFTER));
      RunState over = story.state();
      switch (which) {
        case 0 -> story.completes("Ask", 1, AFTER);
        case 1 -> story.fails("Ask", 1);
        case 2 -> story.begins("More", 1, AFTER);
        case 3 -> story.answers("Ask", "true", ANA);
        case 4 -> story.asks("Ask", "t2", HOUR);
        case 5 -> story.comes(new RunCancelled(ANA));
        case 6 -> story.comes(new RunFailed("Boom", "late", null));
        case 7 -> story.comes(new RunTimedOut());
        default -> story.waits("Await", "t3", HOUR);
      }
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.effects()).isEmpty();
      RunState after = story.state();
      assertThat(after.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(after.steps()).isEqualTo(over.steps());
      assertThat(after.questions()).isEqualTo(over.questions());
      assertThat(after.waits()).isEqualTo(over.waits());
      assertThat(after.ending()).isEqualTo(over.ending());
    }

    @Test
    void before_the_execution_was_known_stops_that_all_the_same() {
      RunStory story = new RunStory();
      story.comes(RunStory.started(null));
      story.comes(new RunCancelled(ANA));
      story.comes(new ExecutionStarted("arn"));
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.effects()).singleElement().isInstanceOf(StopExecution.class);
    }

    @Test
    void of_a_child_is_the_answer_that_its_parent_waits_for() {
      RunStory story = new RunStory();
      story.comes(RunStory.started(new Parent(another(), step("Start"), 1, OnCancel.LEAVE)));
      story.comes(new RunCompleted(AFTER));
      assertThat(story.effects()).containsExactly(new AnswerParent(), new TellPerson());
    }

    @Test
    void fails_the_step_that_never_said_so() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      story.comes(new RunFailed("Lambda.Unknown", "it died", null));
      Step plan = story.state().steps().list().getFirst();
      assertThat(plan.status()).isEqualTo(Step.Status.FAILED);
      assertThat(plan.error()).isEqualTo("Lambda.Unknown");
    }
  }

  @Nested
  class A_child {

    @Test
    void is_cancelled_with_its_parent_if_it_is_to_be() {
      RunStory story = RunStory.begun();
      RunId child = another();
      story.begins("Start", 1, INPUT);
      story.comes(new ChildStarted(child, step("Start"), "batch", OnCancel.CANCEL));
      story.comes(new RunCancelled(ANA));
      assertThat(story.effects()).contains(new CancelChild(child));
    }

    @Test
    void goes_on_if_it_is_to_be_left() {
      RunStory story = RunStory.begun();
      story.begins("Start", 1, INPUT);
      story.comes(new ChildStarted(another(), step("Start"), "batch", OnCancel.LEAVE));
      story.comes(new RunCancelled(ANA));
      assertThat(story.effects()).noneMatch(CancelChild.class::isInstance);
    }

    @Test
    void that_begins_when_its_parent_is_cancelled_already_is_cancelled_too() {
      RunStory story = RunStory.begun();
      RunId child = another();
      story.comes(new RunCancelled(ANA));
      story.comes(new ChildStarted(child, step("Start"), "batch", OnCancel.CANCEL));
      assertThat(story.effects()).containsExactly(new CancelChild(child));
    }

    @Test
    void that_has_ended_ends_its_step_and_is_not_cancelled() {
      RunStory story = RunStory.begun();
      RunId child = another();
      story.begins("Start", 1, INPUT);
      story.comes(new ChildStarted(child, step("Start"), "batch", OnCancel.CANCEL));
      story.comes(new ChildEnded(child, RunStatus.FAILED, null, "it failed with Fire"));
      Step start = story.state().steps().list().getFirst();
      assertThat(start.status()).isEqualTo(Step.Status.FAILED);
      assertThat(start.error()).isEqualTo(Child.NOT_COMPLETED);
      assertThat(start.cause()).isEqualTo("it failed with Fire");
      story.comes(new RunCancelled(ANA));
      assertThat(story.effects()).noneMatch(CancelChild.class::isInstance);
    }

    @Test
    void gives_its_result_to_the_step_that_waits_for_it() {
      RunStory story = RunStory.begun();
      RunId child = another();
      story.begins("Start", 1, INPUT);
      story.comes(new ChildStarted(child, step("Start"), "batch", OnCancel.CANCEL));
      story.comes(new ChildEnded(child, RunStatus.COMPLETED, AFTER, null));
      assertThat(story.state().steps().list().getFirst().status()).isEqualTo(Step.Status.COMPLETED);
      assertThat(story.state().children().list().getFirst().result()).isEqualTo(AFTER);
    }

    @Test
    void gives_nothing_to_a_step_that_is_over() {
      RunStory story = RunStory.begun();
      RunId child = another();
      story.begins("Start", 1, INPUT);
      story.comes(new ChildStarted(child, step("Start"), "batch", OnCancel.CANCEL));
      story.fails("Start", 1);
      story.comes(new ChildEnded(child, RunStatus.COMPLETED, AFTER, null));
      assertThat(story.state().steps().list().getFirst().status()).isEqualTo(Step.Status.FAILED);
      assertThat(story.state().children().list().getFirst())
          .satisfies(ended -> assertThat(ended.over()).isTrue())
          .satisfies(ended -> assertThat(ended.result()).isNull());
    }
  }
}
