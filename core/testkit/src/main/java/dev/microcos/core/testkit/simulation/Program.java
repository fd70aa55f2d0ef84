package dev.microcos.core.testkit.simulation;

import java.util.List;
import java.util.Map;

/**
 * What a workflow does, state by state. The last one works, so that the run's log tells all that
 * the execution gives.
 */
record Program(List<Stage> stages) {

  /** The workflow that a signal of the type {@link #TRIGGER} starts. */
  static final String TRIGGERED = "onboarding";

  static final String TRIGGER = "user_registered";

  /** The signal that workflows wait for. */
  static final String AWAITED = "email_verified";

  /** Workflows by name; of any other name there is no state machine. */
  static final Map<String, Program> BY_NAME =
      Map.of(
          "work",
          of(Stage.WORK, Stage.WORK, Stage.WORK),
          "approval",
          of(Stage.WORK, Stage.ASK_OR_DEFAULT, Stage.WORK),
          "question",
          of(Stage.ASK, Stage.WORK),
          TRIGGERED,
          of(Stage.AWAIT, Stage.ASK, Stage.WORK),
          "telling",
          of(Stage.SIGNAL, Stage.AWAIT, Stage.WORK),
          "family",
          of(Stage.WORK, Stage.CHILD, Stage.WORK),
          "mortal",
          of(Stage.WORK, Stage.DIE));

  /** What people start, and what is not there. */
  static final List<String> NAMES =
      List.of("work", "approval", "question", TRIGGERED, "telling", "family", "mortal", "gone");

  private static Program of(Stage... stages) {
    return new Program(List.of(stages));
  }

  /** The name of the state at a place. */
  static String name(int at) {
    return "s" + at;
  }

  /** The place of the state with this name. */
  static int place(String name) {
    return Integer.parseInt(name.substring(1));
  }

  /** What a state does. */
  enum Stage {
    WORK,
    ASK,
    ASK_OR_DEFAULT,
    AWAIT,
    CHILD,
    /** Sends a signal. */
    SIGNAL,
    /** The execution ends, and no step says so. */
    DIE;

    /** Whether the execution waits there for somebody with a token. */
    boolean waits() {
      return this == ASK || this == ASK_OR_DEFAULT || this == AWAIT || this == CHILD;
    }
  }
}
