package dev.microcos.core.domain.id;

/** A task of a person. */
public record TaskId(String value) implements Id {

  public TaskId {
    Id.check("task", value);
  }

  /** The task that an event makes: the same UUID under another prefix. */
  public static TaskId madeBy(EventId event) {
    return new TaskId("task_" + event.uuidText());
  }

  @Override
  public String toString() {
    return value;
  }
}
