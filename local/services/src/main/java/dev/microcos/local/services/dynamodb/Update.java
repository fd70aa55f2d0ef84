package dev.microcos.local.services.dynamodb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An update expression: what is set, removed, added to and deleted from. */
record Update(List<Assignment> sets, List<Path> removes, List<Change> adds, List<Change> deletes) {

  /** {@code SET path = term}, or the sum or difference of two. */
  record Assignment(Path path, Term term, char sign, @Nullable Term second) {}

  /** A number or set to add, or a set to delete. */
  record Change(Path path, Value value) {}

  /** The right side of an assignment. */
  sealed interface Term {
    /** What is at a path. */
    record At(Path path) implements Term {}

    /** A value of the request. */
    record Literal(Value value) implements Term {}

    /** What is at a path, or the other where nothing is. */
    record IfNotExists(Path path, Term otherwise) implements Term {}

    /** One list after the other. */
    record ListAppend(Term first, Term second) implements Term {}
  }
}
