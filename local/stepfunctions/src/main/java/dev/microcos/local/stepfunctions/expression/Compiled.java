package dev.microcos.local.stepfunctions.expression;

import static com.dashjoin.jsonata.Jsonata.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An expression that was read once; evaluated by any thread, many at a time. */
final class Compiled {

  private final String source;
  private final Jsonata jsonata;
  private final Set<String> variables;

  private Compiled(String source, Jsonata jsonata, Set<String> variables) {
    this.source = source;
    this.jsonata = jsonata;
    this.variables = variables;
  }

  /**
   * Reads an expression, its text without the marks around it.
   *
   * @throws SyntaxException if it is none of JSONata 2.0.6
   */
  static Compiled of(String source) throws SyntaxException {
    Jsonata jsonata = library(source);
    jsonata.setOutputConvertNulls(false);
    jsonata.setValidateInput(false);
    return new Compiled(source, jsonata, References.of(SyntaxParser.parse(source)).variables());
  }

  /** The tree of an expression that the library understands and AWS's version has too. */
  static Syntax checked(String source) throws SyntaxException {
    library(source);
    return SyntaxParser.parse(source);
  }

  private static Jsonata library(String source) throws SyntaxException {
    try {
      return jsonata(source);
    } catch (RuntimeException | StackOverflowError e) {
      throw new SyntaxException(Failures.syntax(e));
    }
  }

  /** The text between the marks, without spaces around. */
  String source() {
    return source;
  }

  /** The names, without their dollar, of the variables that it reads. */
  Set<String> variables() {
    return variables;
  }

  /**
   * Its value, or null if that is undefined.
   *
   * @throws EvaluationException if it fails, or gives what is no JSON
   */
  @Nullable JsonNode evaluate(String field, Bindings bindings, AwsFunctions functions)
      throws EvaluationException {
    Jsonata.Frame frame = jsonata.createFrame();
    functions.bind(variables, frame);
    Bounds bounds = Bounds.set(frame);
    bindings.bind(variables, frame);
    Object result;
    try {
      result = jsonata.evaluate(null, frame);
    } catch (RuntimeException | StackOverflowError e) {
      String infinity = bounds.failedInOutermostOperation() ? Failures.infinity(e) : null;
      if (infinity != null) {
        return TextNode.valueOf(infinity);
      }
      throw failed(field, "threw an error during evaluation. " + Failures.evaluation(e));
    }
    if (result == null) {
      return null;
    }
    JsonNode json = Values.toJson(result);
    if (json == null) {
      throw failed(field, "returned an unsupported result type.");
    }
    return json;
  }

  /** A failure of this expression, in AWS's words. */
  EvaluationException failed(String field, String what) {
    String where = field.isEmpty() ? "" : " specified for the field '" + field + "'";
    return EvaluationException.query(
        "The JSONata expression '" + source + "'" + where + " " + what, field);
  }
}
