package dev.microcos.core.wire.workflow;

import java.util.ArrayList;
import java.util.List;

/** The faults that were found in one file so far. */
final class Faults {
  private final String file;
  private final List<Fault> all;

  private Faults(String file, List<Fault> all) {
    this.file = file;
    this.all = all;
  }

  Faults(String file) {
    this(file, new ArrayList<>());
  }

  /** Faults of another file, kept in the same list. */
  Faults of(String other) {
    return new Faults(other, all);
  }

  void add(String state, String reason) {
    all.add(new Fault(file, state, reason));
  }

  /** Of the file as a whole. */
  void add(String reason) {
    add("", reason);
  }

  List<Fault> all() {
    return List.copyOf(all);
  }
}
