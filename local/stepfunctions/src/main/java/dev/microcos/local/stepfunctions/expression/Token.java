package dev.microcos.local.stepfunctions.expression;

/** A token of JSONata 2.0.6; {@code text} is its meaning, without quotes and dollar. */
record Token(Kind kind, String text) {

  static final Token END = new Token(Kind.END, "(end)");

  enum Kind {
    OPERATOR,
    NAME,
    VARIABLE,
    STRING,
    NUMBER,
    VALUE,
    REGEX,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }
}
