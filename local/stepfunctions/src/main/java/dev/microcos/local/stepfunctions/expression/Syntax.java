package dev.microcos.local.stepfunctions.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as far as its references are concerned: what is read in which context. The library
 * that evaluates keeps its own tree to itself.
 */
sealed interface Syntax {

  /** A number, a string, true, false, null, a regular expression, or the place of an argument. */
  record Literal(Token.Kind kind, String text) implements Syntax {}

  /** A field's name, {@code *}, {@code **} or {@code %}: read from the context. */
  record Name(String text) implements Syntax {}

  /** A variable, without its dollar. */
  record Variable(String name) implements Syntax {}

  /** {@code left.right}: the right side has the left one as its context. */
  record Step(Syntax left, Syntax right) implements Syntax {}

  /** What is read from the results of {@code left}: predicates, order, groups. */
  record Within(Syntax left, List<Syntax> parts) implements Syntax {}

  /** Anything whose parts have the context that it has itself. */
  record Whole(List<Syntax> parts) implements Syntax {}

  /** {@code $name := value}; {@code left@$name} and {@code left#$name} too, with left as value. */
  record Binding(String name, Syntax value) implements Syntax {}

  /** A function of its own. */
  record Lambda(List<String> parameters, Syntax body) implements Syntax {}

  /** {@code |pattern|update,delete|}: applied to an argument, which is the context. */
  record Transform(List<Syntax> parts) implements Syntax {}

  /** The name that this step reads first, or null if it reads by no name. */
  default @Nullable String firstName() {
    return switch (this) {
      case Name name -> name.text();
      case Literal literal -> literal.kind() == Token.Kind.STRING ? literal.text() : null;
      case Within within -> within.left().firstName();
      case Binding binding -> binding.value().firstName();
      case Step step -> step.left().firstName();
      case Variable variable -> null;
      case Whole whole -> null;
      case Lambda lambda -> null;
      case Transform transform -> null;
    };
  }
}
