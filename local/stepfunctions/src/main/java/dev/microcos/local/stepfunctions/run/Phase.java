package dev.microcos.local.stepfunctions.run;

/** How far a branch has come in its state. */
enum Phase {
  /** Between two states. */
  READY,
  /** In a state that has done nothing yet. */
  ENTERED,
  /** Its task has been planned. */
  SCHEDULED,
  /** Its task is with its service. */
  STARTED,
  /** Its task's service has answered, and its end is awaited. */
  SUBMITTED,
  /** Its branches or items are under way. */
  FANNED,
  /** There is a result, and the state can be left. */
  RESULT,
  /** A Parallel or Map failed, and its other branches are given up. */
  FAILING,
  /** It waits to be tried again. */
  RETRYING,
  /** A catcher leads it on. */
  CATCHING,
  /** The branch failed. */
  LOST,
  /** The branch was given up. */
  ABORTED,
  /** The branch is done. */
  ENDED
}
