package dev.microcos.local.stepfunctions.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A definition is not one that can be run; every fault that was found is told. */
public final class InvalidDefinitionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ArrayList<Fault> faults;

  /** A refusal by these faults, at least one. */
  public InvalidDefinitionException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining(", ")));
    this.faults = new ArrayList<>(faults);
  }

  /** All faults, sorted by path. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }
}
