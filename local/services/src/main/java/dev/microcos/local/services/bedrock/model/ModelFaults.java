package dev.microcos.local.services.bedrock.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What goes wrong with the model, for tests and for people who want to see it survive.
 *
 * @param delayMillis the least time from one token to the next
 * @param failFirst how many calls are refused with a {@code ThrottlingException} before one passes
 * @param cutAfter after how many tokens a stream ends without {@code messageStop}
 * @param silent the model takes prompts and says nothing until this is switched off
 * @param script answers given in turn instead of the model's own; the last one again and again
 */
public record ModelFaults(
    int delayMillis, int failFirst, OptionalInt cutAfter, boolean silent, List<Scripted> script) {

  /** Nothing goes wrong. */
  public static final ModelFaults NONE =
      new ModelFaults(0, 0, OptionalInt.empty(), false, List.of());

  private static final Set<String> FIELDS =
      Set.of("delay_ms", "fail_first", "cut_after", "silent", "script");

  /** Refuses negative numbers. */
  public ModelFaults {
    script = List.copyOf(script);
    if (delayMillis < 0 || failFirst < 0 || cutAfter.orElse(0) < 0) {
      throw new IllegalArgumentException("delay_ms, fail_first and cut_after are 0 or more");
    }
  }

  /** One answer of a script. */
  public sealed interface Scripted {
    /** A text. */
    record Text(String text) implements Scripted {}

    /** A tool call, with its input as JSON text. */
    record ToolCall(String name, String inputJson) implements Scripted {}
  }

  /**
   * Reads {@code {delay_ms, fail_first, cut_after, silent, script}}; what is left out does not go
   * wrong. {@code script} is an answer or a list of them, each a string or {@code {"tool_use":
   * {"name", "input"}}}.
   *
   * @throws IllegalArgumentException naming the field that cannot be read
   */
  public static ModelFaults parse(JsonNode json) {
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            throw new IllegalArgumentException("model has no fault " + name);
          }
        });
    boolean cut = json.hasNonNull("cut_after");
    return new ModelFaults(
        number(json, "delay_ms"),
        number(json, "fail_first"),
        cut ? OptionalInt.of(number(json, "cut_after")) : OptionalInt.empty(),
        json.path("silent").asBoolean(),
        script(json.path("script")));
  }

  private static int number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (json.hasNonNull(name) && !value.canConvertToInt()) {
      throw new IllegalArgumentException(name + " is a whole number");
    }
    return value.asInt();
  }

  private static List<Scripted> script(JsonNode script) {
    List<Scripted> answers = new ArrayList<>();
    if (script.isTextual()) {
      answers.add(new Scripted.Text(script.textValue()));
    }
    if (script.isArray()) {
      script.forEach(answer -> answers.add(scripted(answer)));
    }
    return answers;
  }

  private static Scripted scripted(JsonNode answer) {
    if (answer.isTextual()) {
      return new Scripted.Text(answer.textValue());
    }
    JsonNode tool = answer.path("tool_use");
    if (!tool.path("name").isTextual()) {
      throw new IllegalArgumentException("an answer of script is a string or has tool_use.name");
    }
    JsonNode input = tool.path("input");
    return new Scripted.ToolCall(
        tool.path("name").textValue(), input.isObject() ? input.toString() : "{}");
  }
}
