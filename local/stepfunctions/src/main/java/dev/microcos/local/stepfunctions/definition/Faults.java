package dev.microcos.local.stepfunctions.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The faults found so far. */
final class Faults {

  private static final Comparator<Fault> BY_PATH =
      Comparator.comparing(Fault::path).thenComparing(Fault::detail);

  private final List<Fault> found = new ArrayList<>();

  void add(String code, String path, String detail) {
    found.add(new Fault(code, path, detail));
  }

  /** A fault of shape. */
  void schema(String path, String detail) {
    add(Fault.SCHEMA, path, detail);
  }

  void throwIfAny() throws InvalidDefinitionException {
    if (!found.isEmpty()) {
      throw new InvalidDefinitionException(found.stream().distinct().sorted(BY_PATH).toList());
    }
  }
}
