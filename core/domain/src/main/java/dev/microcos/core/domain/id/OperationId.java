package dev.microcos.core.domain.id;

/** One call of a model or a tool. An assistant's message has the id of the call that wrote it. */
public record OperationId(String value) implements Id {

  public OperationId {
    Id.check("op", value);
  }

  /** The operation that an event starts: the same UUID under another prefix. */
  public static OperationId startedBy(EventId event) {
    return new OperationId("op_" + event.uuidText());
  }

  /** The event that started it. */
  public EventId startedBy() {
    return new EventId("evt_" + uuid());
  }

  @Override
  public String toString() {
    return value;
  }
}
