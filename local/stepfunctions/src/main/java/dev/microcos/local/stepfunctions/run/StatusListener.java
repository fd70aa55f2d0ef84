package dev.microcos.local.stepfunctions.run;

/** Hears of status changes, as an EventBridge rule does. */
@FunctionalInterface
public interface StatusListener {

  /** Hears nothing. */
  StatusListener NONE = change -> {};

  /**
   * An execution's status has changed, and that is on the disk. Called for an execution in order,
   * at least once a change, also when the process died in between; an exception has it called again
   * later.
   */
  void changed(StatusChange change);
}
