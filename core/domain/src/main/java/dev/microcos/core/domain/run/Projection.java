package dev.microcos.core.domain.run;

import dev.microcos.core.domain.log.UserFact.RunUpdated;
import java.util.List;

/** What a person's own log knows of a run. */
public final class Projection {

  private Projection() {}

  /**
   * The run as its person is to know it.
   *
   * @throws IllegalArgumentException if the run was never asked for
   */
  public static RunUpdated of(RunState state) {
    Begun begun = state.begun();
    if (begun == null) {
      throw new IllegalArgumentException("there is no run");
    }
    Ending ending = state.ending();
    return new RunUpdated(
        state.subject().run(),
        state.seq(),
        begun.as().workflow(),
        begun.as().title(),
        state.status(),
        begun.at(),
        ending == null ? null : ending.at(),
        ending == null ? null : ending.error(),
        questions(state),
        waits(state),
        List.of(),
        List.of());
  }

  @SuppressWarnings("ReferenceEquality") // the same object is the same row
  static boolean isSame(RunState before, RunState after) {
    return before.isThere()
        && before.status() == after.status()
        && (before.questions() == after.questions() || questions(before).equals(questions(after)))
        && (before.waits() == after.waits() || waits(before).equals(waits(after)));
  }

  private static List<OpenQuestion> questions(RunState state) {
    return state.questions().stream()
        .filter(Question::isOpen)
        .map(question ->
            new OpenQuestion(
                question.inputId(),
                nameOf(state, question),
                question.prompt(),
                question.schema(),
                question.deadline(),
                question.otherwise()))
        .toList();
  }

  private static String nameOf(RunState state, Question question) {
    Step step = state.steps().get(question.stepId().value());
    return step == null ? question.stepId().value() : step.name();
  }

  private static List<OpenWait> waits(RunState state) {
    return state.waits().stream()
        .filter(Wait::isOpen)
        .map(wait -> new OpenWait(wait.waitId(), wait.signal(), wait.match()))
        .toList();
  }
}
