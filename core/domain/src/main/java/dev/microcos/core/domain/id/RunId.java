package dev.microcos.core.domain.id;

/** One run of a workflow. */
public record RunId(String value) implements Id {

  public RunId {
    Id.check("run", value);
  }

  /** The run that an event starts: the same UUID under another prefix. */
  public static RunId startedBy(EventId event) {
    return new RunId("run_" + event.uuidText());
  }

  @Override
  public String toString() {
    return value;
  }
}
