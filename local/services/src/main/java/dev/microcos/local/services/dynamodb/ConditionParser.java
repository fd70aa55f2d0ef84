package dev.microcos.local.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads condition, filter and key condition expressions; NOT binds before AND before OR. */
final class ConditionParser {

  private static final Set<String> TYPES =
      Set.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");
  private static final int DEEPEST = 300;

  private final Tokens tokens;
  private final Placeholders placeholders;
  private int depth;

  private ConditionParser(Tokens tokens, Placeholders placeholders) {
    this.tokens = tokens;
    this.placeholders = placeholders;
  }

  static Condition parse(String expression, String text, Placeholders placeholders) {
    ConditionParser parser = new ConditionParser(new Tokens(expression, text), placeholders);
    Condition condition = parser.or();
    parser.tokens.expectEnd();
    return condition;
  }

  private Condition or() {
    Condition left = and();
    while (tokens.takeIf("OR")) {
      left = new Condition.Or(left, and());
    }
    return left;
  }

  private Condition and() {
    Condition left = not();
    while (tokens.takeIf("AND")) {
      left = new Condition.And(left, not());
    }
    return left;
  }

  private Condition not() {
    if (++depth > DEEPEST) {
      throw DynamoRefusal.invalid(
          "Invalid " + tokens.expression() + ": The expression has too many levels");
    }
    try {
      return tokens.takeIf("NOT") ? new Condition.Not(not()) : primary();
    } finally {
      depth--;
    }
  }

  private Condition primary() {
    if (tokens.takeIf("(")) {
      Condition inner = or();
      tokens.expect(")");
      return inner;
    }
    if (tokens.peekSecond().equals("(") && !tokens.peek().equals("size")) {
      return function();
    }
    Operand left = operand();
    if (tokens.takeIf("BETWEEN")) {
      Operand low = operand();
      tokens.expect("AND");
      Operand high = operand();
      checkBounds(low, high);
      return new Condition.Between(left, low, high);
    }
    if (tokens.takeIf("IN")) {
      return new Condition.In(left, choices());
    }
    Condition.Comparator comparator = comparator();
    Operand right = operand();
    if (left instanceof Operand.At && left.equals(right)) {
      throw DynamoRefusal.invalid(
          "Invalid "
              + tokens.expression()
              + ": The first operand must be distinct from the remaining operands for this operator"
              + " or function; operator: "
              + comparator);
    }
    if (comparator != Condition.Comparator.EQUAL && comparator != Condition.Comparator.NOT_EQUAL) {
      checkOrdered(left, comparator);
      checkOrdered(right, comparator);
    }
    return new Condition.Compare(left, comparator, right);
  }

  private Condition.Comparator comparator() {
    Condition.Comparator comparator =
        switch (tokens.peek()) {
          case "=" -> Condition.Comparator.EQUAL;
          case "<>" -> Condition.Comparator.NOT_EQUAL;
          case "<" -> Condition.Comparator.LESS;
          case "<=" -> Condition.Comparator.LESS_OR_EQUAL;
          case ">" -> Condition.Comparator.GREATER;
          case ">=" -> Condition.Comparator.GREATER_OR_EQUAL;
          default -> throw tokens.syntaxError();
        };
    String _ = tokens.take();
    return comparator;
  }

  private List<Operand> choices() {
    tokens.expect("(");
    List<Operand> choices = new ArrayList<>();
    do {
      choices.add(operand());
    } while (tokens.takeIf(","));
    tokens.expect(")");
    if (choices.size() > 100) {
      throw DynamoRefusal.invalid(
          "Invalid " + tokens.expression() + ": The IN operator has more than 100 operands");
    }
    return choices;
  }

  private Condition function() {
    String name = tokens.take();
    tokens.expect("(");
    Condition condition =
        switch (name) {
          case "attribute_exists" -> new Condition.Exists(path(), true);
          case "attribute_not_exists" -> new Condition.Exists(path(), false);
          case "attribute_type" -> new Condition.OfType(path(), type());
          case "begins_with" -> beginsWith();
          case "contains" -> new Condition.Contains(operand(), second());
          default ->
              throw DynamoRefusal.invalid(
                  "Invalid " + tokens.expression() + ": Invalid function name; function: " + name);
        };
    tokens.expect(")");
    return condition;
  }

  private Condition beginsWith() {
    Operand operand = operand();
    Operand prefix = second();
    if (prefix instanceof Operand.Literal(Value value)
        && !(value instanceof Value.Text || value instanceof Value.Binary)) {
      throw incorrect("begins_with", value);
    }
    return new Condition.BeginsWith(operand, prefix);
  }

  private Operand type() {
    Operand type = second();
    if (type instanceof Operand.Literal(Value.Text(String name)) && !TYPES.contains(name)) {
      throw DynamoRefusal.invalid(
          "Invalid " + tokens.expression() + ": Invalid attribute type name found; type: " + name);
    }
    return type;
  }

  private Operand second() {
    tokens.expect(",");
    return operand();
  }

  private Operand operand() {
    String token = tokens.peek();
    if (token.charAt(0) == ':') {
      return new Operand.Literal(placeholders.value(tokens.take(), tokens.expression()));
    }
    if (token.equals("size") && tokens.peekSecond().equals("(")) {
      String _ = tokens.take();
      tokens.expect("(");
      Operand size = new Operand.Size(path());
      tokens.expect(")");
      return size;
    }
    return new Operand.At(path());
  }

  private Path path() {
    return PathParser.path(tokens, placeholders);
  }

  private void checkOrdered(Operand operand, Condition.Comparator comparator) {
    if (operand instanceof Operand.Literal(Value value) && !Conditions.isOrdered(value)) {
      String sign =
          switch (comparator) {
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
          };
      throw incorrect(sign, value);
    }
  }

  private void checkBounds(Operand low, Operand high) {
    if (low instanceof Operand.Literal(Value least)
        && high instanceof Operand.Literal(Value most)) {
      if (!least.type().equals(most.type())) {
        throw DynamoRefusal.invalid(
            "Invalid "
                + tokens.expression()
                + ": The BETWEEN operator requires same data type for lower and upper bounds");
      }
      if (!Conditions.holds(
          new Condition.Compare(low, Condition.Comparator.LESS_OR_EQUAL, high), Map.of())) {
        throw DynamoRefusal.invalid(
            "Invalid "
                + tokens.expression()
                + ": The BETWEEN operator requires upper bound to be greater than or equal to lower"
                + " bound");
      }
    }
  }

  private DynamoRefusal incorrect(String function, Value value) {
    return DynamoRefusal.invalid(
        "Invalid "
            + tokens.expression()
            + ": Incorrect operand type for operator or function; operator or function: "
            + function
            + ", operand type: "
            + value.type());
  }
}
