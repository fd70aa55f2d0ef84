package dev.microcos.core.domain.user;

/** How much a task matters. */
public enum TaskPriority {
  LOW,
  NORMAL,
  HIGH
}
