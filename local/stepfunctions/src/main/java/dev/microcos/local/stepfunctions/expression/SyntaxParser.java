package dev.microcos.local.stepfunctions.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads JSONata 2.0.6 by operator precedence, with the messages of its reference. */
final class SyntaxParser {

  private static final Map<String, Integer> POWERS =
      Map.ofEntries(
          Map.entry(".", 75),
          Map.entry("[", 80),
          Map.entry("{", 70),
          Map.entry("(", 80),
          Map.entry("@", 80),
          Map.entry("#", 80),
          Map.entry("?", 20),
          Map.entry("+", 50),
          Map.entry("-", 50),
          Map.entry("*", 60),
          Map.entry("/", 60),
          Map.entry("%", 60),
          Map.entry("=", 40),
          Map.entry("<", 40),
          Map.entry(">", 40),
          Map.entry("^", 40),
          Map.entry(":=", 10),
          Map.entry("!=", 40),
          Map.entry("<=", 40),
          Map.entry(">=", 40),
          Map.entry("~>", 40),
          Map.entry("and", 30),
          Map.entry("or", 25),
          Map.entry("in", 40),
          Map.entry("&", 50));

  private final Tokens tokens;
  private Token token;

  private SyntaxParser(Tokens tokens) throws SyntaxException {
    this.tokens = tokens;
    this.token = tokens.next(false);
  }

  /**
   * Reads a whole expression.
   *
   * @throws SyntaxException if it is none
   */
  static Syntax parse(String source) throws SyntaxException {
    try {
      SyntaxParser parser = new SyntaxParser(new Tokens(source));
      Syntax syntax = parser.expression(0);
      if (parser.token.kind() != Token.Kind.END) {
        throw new SyntaxException("Syntax error: \"" + parser.token.text() + "\"");
      }
      return syntax;
    } catch (StackOverflowError e) {
      throw new SyntaxException("The expression is nested too deeply");
    }
  }

  private Syntax expression(int power) throws SyntaxException {
    Token first = token;
    token = tokens.next(true);
    Syntax left = prefix(first);
    while (token.kind() == Token.Kind.OPERATOR && power < POWERS.getOrDefault(token.text(), 0)) {
      String operator = token.text();
      token = tokens.next(false);
      left = infix(operator, left);
    }
    return left;
  }

  private Syntax prefix(Token first) throws SyntaxException {
    return switch (first.kind()) {
      case STRING, NUMBER, VALUE, REGEX -> new Syntax.Literal(first.kind(), first.text());
      case NAME -> new Syntax.Name(first.text());
      case VARIABLE -> new Syntax.Variable(first.text());
      case END -> throw new SyntaxException("Unexpected end of expression");
      case OPERATOR ->
          switch (first.text()) {
            case "and", "or", "in", "*", "**", "%" -> new Syntax.Name(first.text());
            case "-" -> expression(70);
            case "(" -> block();
            case "[" -> array();
            case "{" -> new Syntax.Whole(pairs());
            case "|" -> transform();
            case "!", "~" ->
                throw new SyntaxException("Unknown operator: \"" + first.text() + "\"");
            default ->
                throw new SyntaxException(
                    "The symbol \"" + first.text() + "\" cannot be used as a unary operator");
          };
    };
  }

  private Syntax infix(String operator, Syntax left) throws SyntaxException {
    return switch (operator) {
      case "." -> new Syntax.Step(left, expression(75));
      case "[" -> predicate(left);
      case "{" -> new Syntax.Within(left, pairs());
      case "(" -> call(left);
      case "^" -> sort(left);
      case "@", "#" -> focus(operator, left);
      case ":=" -> assignment(left);
      case "?" -> condition(left);
      default -> new Syntax.Whole(List.of(left, expression(power(operator))));
    };
  }

  private static int power(String operator) {
    return POWERS.getOrDefault(operator, 0);
  }

  /** Reads on behind an operator that must stand here. */
  private void advance(String operator, boolean afterOperand) throws SyntaxException {
    if (token.kind() == Token.Kind.END) {
      throw new SyntaxException("Expected \"" + operator + "\" before end of expression");
    }
    if (!token.is(operator)) {
      throw new SyntaxException("Expected \"" + operator + "\", got \"" + token.text() + "\"");
    }
    token = tokens.next(afterOperand);
  }

  private Syntax block() throws SyntaxException {
    List<Syntax> parts = new ArrayList<>();
    while (!token.is(")")) {
      parts.add(expression(0));
      if (!token.is(";")) {
        break;
      }
      advance(";", false);
    }
    advance(")", true);
    return new Syntax.Whole(parts);
  }

  private Syntax array() throws SyntaxException {
    List<Syntax> parts = new ArrayList<>();
    if (!token.is("]")) {
      while (true) {
        parts.add(expression(0));
        if (token.is("..")) {
          advance("..", false);
          parts.add(expression(0));
        }
        if (!token.is(",")) {
          break;
        }
        advance(",", false);
      }
    }
    advance("]", true);
    return new Syntax.Whole(parts);
  }

  private List<Syntax> pairs() throws SyntaxException {
    List<Syntax> parts = new ArrayList<>();
    if (!token.is("}")) {
      while (true) {
        parts.add(expression(0));
        advance(":", false);
        parts.add(expression(0));
        if (!token.is(",")) {
          break;
        }
        advance(",", false);
      }
    }
    advance("}", true);
    return parts;
  }

  private Syntax transform() throws SyntaxException {
    List<Syntax> parts = new ArrayList<>();
    parts.add(expression(0));
    advance("|", false);
    parts.add(expression(0));
    if (token.is(",")) {
      advance(",", false);
      parts.add(expression(0));
    }
    advance("|", false);
    return new Syntax.Transform(parts);
  }

  private Syntax predicate(Syntax left) throws SyntaxException {
    if (token.is("]")) {
      advance("]", false);
      return left;
    }
    Syntax predicate = expression(0);
    advance("]", true);
    return new Syntax.Within(left, List.of(predicate));
  }

  private Syntax sort(Syntax left) throws SyntaxException {
    advance("(", false);
    List<Syntax> terms = new ArrayList<>();
    while (true) {
      if (token.is("<") || token.is(">")) {
        advance(token.text(), false);
      }
      terms.add(expression(0));
      if (!token.is(",")) {
        break;
      }
      advance(",", false);
    }
    advance(")", false);
    return new Syntax.Within(left, terms);
  }

  private Syntax focus(String operator, Syntax left) throws SyntaxException {
    if (!(expression(80) instanceof Syntax.Variable variable)) {
      throw new SyntaxException(
          "The right side of \"" + operator + "\" must be a variable name (start with $)");
    }
    return new Syntax.Binding(variable.name(), left);
  }

  private Syntax assignment(Syntax left) throws SyntaxException {
    if (!(left instanceof Syntax.Variable variable)) {
      throw new SyntaxException("The left side of := must be a variable name (start with $)");
    }
    return new Syntax.Binding(variable.name(), expression(9));
  }

  private Syntax condition(Syntax left) throws SyntaxException {
    List<Syntax> parts = new ArrayList<>(List.of(left, expression(0)));
    if (token.is(":")) {
      advance(":", false);
      parts.add(expression(0));
    }
    return new Syntax.Whole(parts);
  }

  private Syntax call(Syntax function) throws SyntaxException {
    List<Syntax> arguments = new ArrayList<>();
    if (!token.is(")")) {
      while (true) {
        if (token.is("?")) {
          advance("?", false);
        } else {
          arguments.add(expression(0));
        }
        if (!token.is(",")) {
          break;
        }
        advance(",", false);
      }
    }
    advance(")", true);
    if (function instanceof Syntax.Name name
        && (name.text().equals("function") || name.text().equals("λ"))) {
      return lambda(arguments);
    }
    arguments.addFirst(function);
    return new Syntax.Whole(arguments);
  }

  private Syntax lambda(List<Syntax> arguments) throws SyntaxException {
    List<String> parameters = new ArrayList<>();
    for (Syntax argument : arguments) {
      if (!(argument instanceof Syntax.Variable variable)) {
        throw new SyntaxException(
            "Parameter of function definition must be a variable name (start with $)");
      }
      parameters.add(variable.name());
    }
    if (token.is("<")) {
      skipSignature();
    }
    advance("{", false);
    Syntax body = expression(0);
    advance("}", false);
    return new Syntax.Lambda(parameters, body);
  }

  private void skipSignature() throws SyntaxException {
    int depth = 1;
    while (depth > 0 && !token.is("{") && token.kind() != Token.Kind.END) {
      token = tokens.next(false);
      if (token.is(">")) {
        depth--;
      } else if (token.is("<")) {
        depth++;
      }
    }
    advance(">", false);
  }
}
