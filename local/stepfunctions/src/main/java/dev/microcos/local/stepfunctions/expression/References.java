package dev.microcos.local.stepfunctions.expression;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an expression reads: variables by name, the fields of {@code $states}, and what AWS does not
 * let it read, which is anything from a context that is not there.
 */
public final class References {

  private final Set<String> variables = new LinkedHashSet<>();
  private final Set<String> statesFields = new LinkedHashSet<>();
  private final Set<String> unsupported = new LinkedHashSet<>();
  private final Set<String> bound = new LinkedHashSet<>();

  private References() {}

  /**
   * The references of an expression's text without its marks.
   *
   * @throws SyntaxException if it is no expression of JSONata as AWS speaks it
   */
  public static References of(String source) throws SyntaxException {
    return of(Compiled.checked(source));
  }

  static References of(Syntax syntax) {
    References references = new References();
    references.read(syntax, true);
    if (references.variables.contains("eval") && !references.bound.contains("eval")) {
      references.unsupported.add("Reference to '$eval' is not supported, use $parse.");
    }
    return references;
  }

  /** The variables, without their dollar; those that the expression itself binds are among them. */
  public Set<String> variables() {
    return Set.copyOf(variables);
  }

  /** The fields that follow {@code $states} in a path, as {@code input} and {@code result}. */
  public List<String> statesFields() {
    return List.copyOf(statesFields);
  }

  /** Why AWS refuses the expression at load, in AWS's words; empty if it does not. */
  public List<String> unsupported() {
    return List.copyOf(unsupported);
  }

  private void read(Syntax syntax, boolean top) {
    switch (syntax) {
      case Syntax.Literal literal -> {}
      case Syntax.Name name -> field(name.text(), top);
      case Syntax.Variable variable -> variable(variable.name(), top);
      case Syntax.Step step -> step(step, top);
      case Syntax.Within within -> {
        read(within.left(), top);
        within.parts().forEach(part -> read(part, false));
      }
      case Syntax.Whole whole -> whole.parts().forEach(part -> read(part, top));
      case Syntax.Binding binding -> {
        bound.add(binding.name());
        read(binding.value(), top);
      }
      case Syntax.Lambda lambda -> {
        bound.addAll(lambda.parameters());
        read(lambda.body(), top);
      }
      case Syntax.Transform transform -> transform.parts().forEach(part -> read(part, false));
    }
  }

  private void step(Syntax.Step step, boolean top) {
    // A string at the beginning of a path is a field's name.
    if (step.left() instanceof Syntax.Literal(Token.Kind kind, String text)
        && kind == Token.Kind.STRING) {
      field(text, top);
    }
    read(step.left(), top);
    read(step.right(), false);
    @Nullable String field = step.right().firstName();
    if (step.left() instanceof Syntax.Variable(String name)
        && name.equals("states")
        && field != null) {
      statesFields.add(field);
    }
  }

  private void variable(String name, boolean top) {
    switch (name) {
      case "" -> field("$", top);
      case "$" -> unsupported.add("Reference to '$$' is not supported.");
      default -> variables.add(name);
    }
  }

  private void field(String name, boolean top) {
    if (top) {
      unsupported.add("Reference to '" + name + "' at the top level is not supported.");
    }
  }
}
