package dev.microcos.local.stepfunctions.run;

/** How an execution stands. */
public enum Status {
  /** It goes on. */
  RUNNING,
  /** It came to its end. */
  SUCCEEDED,
  /** A state failed and nothing caught it. */
  FAILED,
  /** The machine's TimeoutSeconds passed. */
  TIMED_OUT,
  /** Somebody stopped it. */
  ABORTED
}
