package dev.microcos.core.application.port;

import java.util.List;
import java.util.Optional;

/** The workflows that can be run. */
public interface Workflows {

  /** The workflow of this name. */
  Optional<Workflow> find(String name);

  /** All of them, by name. */
  List<Workflow> all();

  /**
   * A workflow, as far as starting it needs.
   *
   * @param name of its folder
   * @param definitionHash of the definition that its runs begin on now
   * @param signals the types of signals that start it
   */
  record Workflow(String name, String title, String definitionHash, List<String> signals) {

    public Workflow {
      signals = List.copyOf(signals);
    }
  }
}
