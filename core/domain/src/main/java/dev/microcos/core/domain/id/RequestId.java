package dev.microcos.core.domain.id;

/** One request from outside; every event that it causes carries it. */
public record RequestId(String value) implements Id {

  public RequestId {
    Id.check("req", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
