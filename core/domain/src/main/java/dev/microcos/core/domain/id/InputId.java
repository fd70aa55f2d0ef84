package dev.microcos.core.domain.id;

/** A question that a run asks a person. */
public record InputId(String value) implements Id {

  public InputId {
    Id.check("inp", value);
  }

  /** The question that a step asks, however often it asks it. */
  public static InputId askedBy(StepId step) {
    Digest digest = Digest.of(step.value(), "input");
    return new InputId("inp_" + Uuids.version8(digest.first(), digest.second()));
  }

  @Override
  public String toString() {
    return value;
  }
}
