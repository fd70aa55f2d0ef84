package dev.microcos.core.domain.run;

import static dev.microcos.core.domain.run.RunStory.INPUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.RunEffect.AnswerParent;
import dev.microcos.core.domain.log.RunEffect.StopCall;
import dev.microcos.core.domain.log.RunEffect.StopExecution;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.run.Parent.OnCancel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked of a model for a step is stopped once no step waits for the answer. */
class StoppedCallsTest {

  static Stream<RunFact> ends() {
    return Stream.of(
        new RunFailed("Boom", "a branch failed", null), new RunTimedOut(), new RunCompleted(INPUT));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void are_those_of_steps_that_the_end_finds_under_way(RunFact end) {
    RunStory story = RunStory.begun();
    story.asksModel("Done");
    story.completes("Done", 1, INPUT);
    story.asksModel("Plan");
    story.fails("Plan", 1);
    OperationId work = story.asksModel("Work");
    OperationId more = story.asksModel("More");
    story.comes(end);
    assertThat(story.effects())
        .containsExactly(new StopCall(work), new StopCall(more), new TellPerson());
  }

  @ParameterizedTest
  @MethodSource("ends")
  void are_none_where_no_step_asks_a_model(RunFact end) {
    RunStory story = RunStory.begun();
    story.begins("Wait", 1, INPUT);
    story.asksModel("Plan");
    story.fails("Plan", 1);
    story.comes(end);
    assertThat(story.effects()).containsExactly(new TellPerson());
  }

  @Test
  void are_stopped_before_the_execution_where_the_run_is_cancelled() {
    RunStory story = new RunStory();
    Parent parent = new Parent(story.run(), RunStory.step("Start"), 1, OnCancel.CANCEL);
    story.comes(RunStory.started(parent));
    OperationId plan = story.asksModel("Plan");
    story.comes(new RunCancelled("ana"));
    assertThat(story.effects())
        .containsExactly(
            new StopCall(plan),
            new StopExecution(RunRules.CANCELLED, "cancelled by ana"),
            new AnswerParent(),
            new TellPerson());
  }

  static Stream<RunFact> allEnds() {
    return Stream.concat(ends(), Stream.of(new RunCancelled("ana")));
  }

  @ParameterizedTest
  @MethodSource("allEnds")
  void is_one_alone_where_a_step_begins_when_the_run_is_over(RunFact end) {
    RunStory story = RunStory.begun();
    story.asksModel("Plan");
    story.comes(end);
    OperationId late = story.asksModel("Work");
    assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
    assertThat(story.effects()).containsExactly(new StopCall(late));
  }

  @Test
  void is_that_of_the_attempt_which_another_one_follows() {
    RunStory story = RunStory.begun();
    OperationId first = story.asksModel("Plan", 1);
    OperationId second = story.asksModel("Plan", 2);
    assertThat(story.effects()).containsExactly(new StopCall(first));
    story.comes(new RunTimedOut());
    assertThat(story.effects()).containsExactly(new StopCall(second), new TellPerson());
  }

  @Test
  void is_that_of_an_attempt_which_begins_after_the_one_that_followed() {
    RunStory story = RunStory.begun();
    story.asksModel("Plan", 2);
    OperationId late = story.asksModel("Plan", 1);
    assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
    assertThat(story.effects()).containsExactly(new StopCall(late));
  }

  @Test
  void is_none_where_the_attempt_before_is_over_or_the_same_one_is_made_again() {
    RunStory story = RunStory.begun();
    story.asksModel("Plan", 1);
    story.asksModel("Plan", 1);
    assertThat(story.effects()).isEmpty();
    story.fails("Plan", 1);
    story.asksModel("Plan", 2);
    assertThat(story.effects()).isEmpty();
  }
}
