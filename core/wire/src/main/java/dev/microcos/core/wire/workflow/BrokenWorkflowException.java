package dev.microcos.core.wire.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Folders of workflows that cannot be used; every fault that was found is told, one a line. */
public final class BrokenWorkflowException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ArrayList<Fault> faults;

  /** A refusal by these faults, at least one. */
  public BrokenWorkflowException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    this.faults = new ArrayList<>(faults);
  }

  /** All faults, in the order of files and states. */
  public List<Fault> faults() {
    return List.copyOf(faults);
  }
}
