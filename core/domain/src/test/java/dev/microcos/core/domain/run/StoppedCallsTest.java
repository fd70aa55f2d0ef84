package dev.microcos.core.domain.run;

import static dev.microcos.core.domain.run.RunStory.INPUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.log.RunEffect.StopCalls;
import dev.microcos.core.domain.log.RunEffect.StopExecution;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is over has no use for what its steps still ask of models. */
class StoppedCallsTest {

  static Stream<RunFact> ends() {
    return Stream.of(
        new RunFailed("Boom", "a branch failed", null), new RunTimedOut(), new RunCompleted(INPUT));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void are_those_of_steps_that_the_end_finds_under_way(RunFact end) {
    RunStory story = RunStory.begun();
    story.asksModel("Plan");
    story.fails("Plan", 1);
    story.asksModel("Work");
    story.comes(end);
    assertThat(story.effects()).containsExactly(new StopCalls(), new TellPerson());
    Ending ending = Objects.requireNonNull(story.state().ending());
    assertThat(story.state().steps().stream().filter(ending::stopped))
        .extracting(Step::name)
        .containsExactly("Work");
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
  void are_stopped_with_the_execution_where_the_run_is_cancelled() {
    RunStory story = RunStory.begun();
    story.asksModel("Plan");
    story.comes(new RunCancelled("ana"));
    assertThat(story.effects()).hasSize(2).first().isInstanceOf(StopExecution.class);
    Ending ending = Objects.requireNonNull(story.state().ending());
    assertThat(story.state().steps().list()).allMatch(ending::stopped);
  }

  @Test
  void are_also_of_a_step_that_begins_when_the_run_has_failed() {
    RunStory story = RunStory.begun();
    story.comes(new RunFailed("Boom", "a branch failed", null));
    story.asksModel("Plan");
    assertThat(story.effects()).singleElement().isInstanceOf(StopExecution.class);
  }
}
