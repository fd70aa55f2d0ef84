package dev.microcos.core.domain.run;

/** How far a run is. */
public enum RunStatus {
  /** It is asked for, and its execution has not begun. */
  PENDING,
  RUNNING,
  /** A person is asked something. */
  WAITING_INPUT,
  /** A signal is waited for. */
  WAITING_SIGNAL,
  COMPLETED,
  FAILED,
  CANCELLED,
  TIMED_OUT;

  /** Whether nothing can change it any more. */
  public boolean isOver() {
    return this.compareTo(COMPLETED) >= 0;
  }
}
