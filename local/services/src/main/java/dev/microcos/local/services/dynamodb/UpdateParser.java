package dev.microcos.local.services.dynamodb;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads update expressions. */
final class UpdateParser {

  private final Tokens tokens;
  private final Placeholders placeholders;
  private final List<Path> touched = new ArrayList<>();

  private UpdateParser(Tokens tokens, Placeholders placeholders) {
    this.tokens = tokens;
    this.placeholders = placeholders;
  }

  static Update parse(String text, Placeholders placeholders) {
    return new UpdateParser(new Tokens("UpdateExpression", text), placeholders).parse();
  }

  private Update parse() {
    Update update =
        new Update(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Set<String> seen = new HashSet<>();
    while (!tokens.isAtEnd()) {
      String section = tokens.peek().toUpperCase(Locale.ROOT);
      if (!Set.of("SET", "REMOVE", "ADD", "DELETE").contains(section)) {
        throw tokens.syntaxError();
      }
      if (!seen.add(section)) {
        throw DynamoRefusal.invalid(
            "Invalid UpdateExpression: The \""
                + section
                + "\" section can only be used once in an update expression;");
      }
      String _ = tokens.take();
      do {
        action(section, update);
      } while (tokens.takeIf(","));
    }
    return update;
  }

  private void action(String section, Update update) {
    Path path = PathParser.path(tokens, placeholders);
    for (Path other : touched) {
      if (path.overlaps(other)) {
        throw PathParser.overlap("UpdateExpression", other, path);
      }
    }
    touched.add(path);
    switch (section) {
      case "SET" -> update.sets().add(assignment(path));
      case "REMOVE" -> update.removes().add(path);
      case "ADD" -> update.adds().add(new Update.Change(path, changed("ADD")));
      default -> update.deletes().add(new Update.Change(path, changed("DELETE")));
    }
  }

  private Update.Assignment assignment(Path path) {
    tokens.expect("=");
    Update.Term term = term();
    if (tokens.isNext("+") || tokens.isNext("-")) {
      char sign = tokens.take().charAt(0);
      return new Update.Assignment(path, term, sign, term());
    }
    return new Update.Assignment(path, term, ' ', null);
  }

  private Update.Term term() {
    String token = tokens.peek();
    if (token.charAt(0) == ':') {
      return new Update.Term.Literal(placeholders.value(tokens.take(), "UpdateExpression"));
    }
    if (!tokens.peekSecond().equals("(")) {
      return new Update.Term.At(PathParser.path(tokens, placeholders));
    }
    String function = tokens.take();
    tokens.expect("(");
    Update.Term term =
        switch (function) {
          case "if_not_exists" -> {
            Path path = PathParser.path(tokens, placeholders);
            tokens.expect(",");
            yield new Update.Term.IfNotExists(path, term());
          }
          case "list_append" -> {
            Update.Term first = term();
            tokens.expect(",");
            yield new Update.Term.ListAppend(first, term());
          }
          default ->
              throw DynamoRefusal.invalid(
                  "Invalid UpdateExpression: Invalid function name; function: " + function);
        };
    tokens.expect(")");
    return term;
  }

  private Value changed(String section) {
    if (tokens.peek().charAt(0) != ':') {
      throw tokens.syntaxError();
    }
    Value value = placeholders.value(tokens.take(), "UpdateExpression");
    boolean fits =
        value instanceof Value.SetOf || (section.equals("ADD") && value instanceof Value.Numeric);
    if (!fits) {
      throw DynamoRefusal.invalid(
          "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: "
              + section
              + ", operand type: "
              + value.type());
    }
    return value;
  }
}
