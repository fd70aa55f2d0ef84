package dev.microcos.local.services.dynamodb;

import java.util.List;

/** A condition, filter or key condition. */
sealed interface Condition {

  /** How two values are compared. */
  enum Comparator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** Both hold. */
  record And(Condition left, Condition right) implements Condition {}

  /** One of them holds. */
  record Or(Condition left, Condition right) implements Condition {}

  /** It does not hold. */
  record Not(Condition condition) implements Condition {}

  /** A comparison. */
  record Compare(Operand left, Comparator comparator, Operand right) implements Condition {}

  /** Between two values, both included. */
  record Between(Operand operand, Operand low, Operand high) implements Condition {}

  /** Equal to one of several. */
  record In(Operand operand, List<Operand> choices) implements Condition {}

  /** There is, or is not, an attribute. */
  record Exists(Path path, boolean wanted) implements Condition {}

  /** An attribute has a type. */
  record OfType(Path path, Operand type) implements Condition {}

  /** A string or binary begins with another. */
  record BeginsWith(Operand operand, Operand prefix) implements Condition {}

  /** A string has a part, a set or list an element. */
  record Contains(Operand operand, Operand part) implements Condition {}
}
