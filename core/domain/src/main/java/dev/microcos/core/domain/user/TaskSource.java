package dev.microcos.core.domain.user;

/** Who made a task. */
public enum TaskSource {
  USER,
  ASSISTANT,
  WORKFLOW
}
