package dev.microcos.local.services.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads document paths, and projections, which are lists of them. */
final class PathParser {

  /** The words of the expressions' own grammar. */
  private static final Set<String> KEYWORDS =
      Set.of("ADD", "AND", "BETWEEN", "DELETE", "IN", "NOT", "OR", "REMOVE", "SET");

  private PathParser() {}

  static List<Path> projection(String text, Placeholders placeholders) {
    Tokens tokens = new Tokens("ProjectionExpression", text);
    List<Path> paths = new ArrayList<>();
    do {
      Path path = path(tokens, placeholders);
      for (Path other : paths) {
        if (path.overlaps(other)) {
          throw overlap("ProjectionExpression", path, other);
        }
      }
      paths.add(path);
    } while (tokens.takeIf(","));
    tokens.expectEnd();
    return paths;
  }

  static DynamoRefusal overlap(String expression, Path one, Path two) {
    return DynamoRefusal.invalid(
        "Invalid "
            + expression
            + ": Two document paths overlap with each other; must remove or rewrite one of these"
            + " paths; path one: ["
            + one.name()
            + "], path two: ["
            + two.name()
            + "]");
  }

  static Path path(Tokens tokens, Placeholders placeholders) {
    String name = name(tokens, placeholders);
    List<Path.Step> steps = new ArrayList<>();
    while (true) {
      if (tokens.takeIf(".")) {
        steps.add(new Path.Step.Member(name(tokens, placeholders)));
      } else if (tokens.takeIf("[")) {
        if (!tokens.peek().matches("\\d{1,9}")) {
          throw tokens.syntaxError();
        }
        steps.add(new Path.Step.Element(Integer.parseInt(tokens.take())));
        tokens.expect("]");
      } else {
        return new Path(name, List.copyOf(steps));
      }
    }
  }

  private static String name(Tokens tokens, Placeholders placeholders) {
    String token = tokens.peek();
    char first = token.charAt(0);
    if (first == '#') {
      return placeholders.name(tokens.take(), tokens.expression());
    }
    boolean keyword = KEYWORDS.contains(token.toUpperCase(Locale.ROOT));
    if (!Tokens.isWord(first) || Character.isDigit(first) || keyword) {
      throw tokens.syntaxError();
    }
    if (ReservedWords.contain(token)) {
      throw DynamoRefusal.invalid(
          "Invalid "
              + tokens.expression()
              + ": Attribute name is a reserved keyword; reserved keyword: "
              + token);
    }
    return tokens.take();
  }
}
