package dev.microcos.core.domain.user;

/** Where a task stands; a proposed one waits for the person's yes. */
public enum TaskStatus {
  PROPOSED,
  OPEN,
  DONE,
  DISMISSED
}
