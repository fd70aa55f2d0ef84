package dev.microcos.local.stepfunctions.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Evaluates the expressions of JSON templates. Each text is compiled once; any number of threads
 * may evaluate at a time. A field is named by its place in the state, as {@code Output/total},
 * {@code Choices[1]/Condition} or {@code Arguments/names[0]}; it stands in the cause of a failure.
 */
public final class Expressions {

  private static final int MOST_COMPILED = 10_000;

  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();
  private final AwsFunctions functions;

  /** Expressions that see the time and the chance of the machine. */
  public Expressions() {
    this(InstantSource.system(), new SecureRandom());
  }

  /**
   * Expressions whose {@code $now} and {@code $millis}, {@code $random} and {@code $uuid} are
   * these.
   */
  public Expressions(InstantSource clock, RandomGenerator random) {
    functions = new AwsFunctions(clock, random);
  }

  /**
   * The template of a field with each string {@code {% … %}} in it replaced by its value.
   *
   * @param field the field that the template is the value of, as {@code Output}; failures name it
   * @throws EvaluationException if an expression fails or has no value
   */
  public JsonNode evaluate(String field, JsonNode template, Scope scope)
      throws EvaluationException {
    return evaluate(field, template, new Bindings(scope));
  }

  private JsonNode evaluate(String field, JsonNode template, Bindings bindings)
      throws EvaluationException {
    return switch (template) {
      case ObjectNode object -> {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          String path = field + "/" + entry.getKey();
          result.set(entry.getKey(), evaluate(path, entry.getValue(), bindings));
        }
        yield result;
      }
      case ArrayNode array -> {
        ArrayNode result = JsonNodeFactory.instance.arrayNode(array.size());
        for (int i = 0; i < array.size(); i++) {
          result.add(evaluate(field + "[" + i + "]", array.get(i), bindings));
        }
        yield result;
      }
      default -> Template.isExpression(template) ? value(field, template, bindings) : template;
    };
  }

  private JsonNode value(String field, JsonNode template, Bindings bindings)
      throws EvaluationException {
    String source = Template.source(template);
    Compiled expression = compile(field, source);
    JsonNode value = expression.evaluate(field, bindings, functions);
    if (value == null) {
      throw expression.failed(field, "returned nothing (undefined).");
    }
    return value;
  }

  private Compiled compile(String field, String source) throws EvaluationException {
    Compiled known = compiled.get(source);
    if (known != null) {
      return known;
    }
    try {
      Compiled expression = Compiled.of(source);
      if (compiled.size() >= MOST_COMPILED) {
        compiled.clear();
      }
      compiled.put(source, expression);
      return expression;
    } catch (SyntaxException e) {
      throw EvaluationException.query(
          "The JSONata expression '" + source + "' is invalid: " + e.text(), field);
    }
  }
}
