package dev.microcos.core.domain.run;

import static dev.microcos.core.domain.run.RunStory.AFTER;
import static dev.microcos.core.domain.run.RunStory.INPUT;
import static dev.microcos.core.domain.run.RunStory.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a run's steps do to its state, and what they cost. */
class RunStepsTest {

  @Nested
  class A_step {

    @Test
    void has_the_order_in_which_it_began_and_leaves_out_the_state_that_is_known() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      assertThat(story.facts())
          .singleElement()
          .isInstanceOfSatisfying(
              StepStarted.class,
              started -> {
                assertThat(started.order()).isEqualTo(1);
                assertThat(started.input()).isNull();
              });
      story.completes("Plan", 1, AFTER);
      story.begins("Do", 1, AFTER);
      Step done = story.state().steps().get(step("Do").value());
      assertThat(done).isNotNull();
      assertThat(done.order()).isEqualTo(2);
      assertThat(done.input()).isNull();
    }

    @Test
    void keeps_the_state_before_it_where_something_else_changed_that() {
      RunStory story = RunStory.begun();
      Document passed = new Document("{\"changed\":true}");
      story.begins("Plan", 1, passed);
      assertThat(story.state().steps().list().getFirst().input()).isEqualTo(passed);
      assertThat(story.state().stateHash()).isEqualTo(passed.hash());
      story.fails("Plan", 1);
      story.begins("Plan", 2, passed);
      Step again = story.state().steps().list().getFirst();
      assertThat(again.input()).isEqualTo(passed);
      assertThat(again.attempt()).isEqualTo(2);
      assertThat(again.status()).isEqualTo(Step.Status.RUNNING);
    }

    @Test
    void goes_forward_only() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 2, INPUT);
      story.begins("Plan", 1, INPUT);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      story.completes("Plan", 1, AFTER);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      story.completes("Plan", 2, AFTER);
      assertThat(story.refusal()).isNull();
      story.fails("Plan", 2);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().stateHash()).isEqualTo(AFTER.hash());
    }

    @Test
    void that_told_of_its_failure_and_died_can_be_done_in_the_same_attempt() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      story.fails("Plan", 1);
      story.completes("Plan", 1, AFTER);
      assertThat(story.refusal()).isNull();
      Step done = story.state().steps().list().getFirst();
      assertThat(done.status()).isEqualTo(Step.Status.COMPLETED);
      assertThat(done.error()).isNull();
      assertThat(story.state().stateHash()).isEqualTo(AFTER.hash());
    }

    @Test
    void of_a_branch_leaves_the_runs_state_alone() {
      RunStory story = RunStory.begun();
      Document item = new Document("{\"item\":1}");
      story.comes(
          new StepStarted(step("Item"), "Item", "Item", 0, 3, "tool", null, 1, item, item.hash()));
      story.completes("Item", 1, AFTER);
      assertThat(story.state().stateHash()).isEqualTo(INPUT.hash());
    }

    @Test
    void adds_up_what_its_attempts_cost() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      story.fails("Plan", 1);
      story.begins("Plan", 2, INPUT);
      story.completes("Plan", 2, AFTER);
      assertThat(story.state().spent()).isEqualTo(new Spent(14, 6, 10));
      assertThat(story.state().steps().list().getFirst().spent()).isEqualTo(new Spent(14, 6, 10));
    }

    @Test
    void that_nobody_knows_is_refused() {
      RunStory story = RunStory.begun();
      story.completes("Nothing", 1, AFTER);
      assertThat(story.refusal()).isEqualTo(RejectionCode.NOT_FOUND);
    }

    @Test
    void is_nothing_that_the_person_is_told() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      assertThat(story.effects()).isEmpty();
      story.completes("Plan", 1, AFTER);
      assertThat(story.effects()).isEmpty();
    }
  }
}
