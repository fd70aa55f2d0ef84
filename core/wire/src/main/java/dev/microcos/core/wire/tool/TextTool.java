package dev.microcos.core.wire.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Small work on texts: on one text, or on each of many. */
final class TextTool implements Tool {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonNode SCHEMA = HouseSchemas.of("text");

  @Override
  public String name() {
    return "text";
  }

  @Override
  public String description() {
    return "Splits, joins, counts words, trims, replaces, or changes the case of texts.";
  }

  @Override
  public JsonNode argumentsSchema() {
    return SCHEMA;
  }

  @Override
  public JsonNode call(ObjectNode arguments, Instant now) {
    String separator = arguments.path("separator").asText("\n");
    return switch (arguments.path("operation").asText()) {
      case "join" ->
          JSON.textNode(
              StreamSupport.stream(arguments.path("texts").spliterator(), false)
                  .map(JsonNode::asText)
                  .collect(Collectors.joining(separator)));
      case "split" -> each(arguments, text -> split(text, separator));
      case "count" -> each(arguments, text -> JSON.numberNode(words(text)));
      case "upper" -> each(arguments, text -> JSON.textNode(text.toUpperCase(Locale.ROOT)));
      case "lower" -> each(arguments, text -> JSON.textNode(text.toLowerCase(Locale.ROOT)));
      case "trim" -> each(arguments, text -> JSON.textNode(text.strip()));
      default -> {
        String find = arguments.path("find").asText();
        String with = arguments.path("with").asText();
        yield each(arguments, text -> JSON.textNode(text.replace(find, with)));
      }
    };
  }

  private static JsonNode each(ObjectNode arguments, Function<String, JsonNode> work) {
    if (arguments.has("text")) {
      return work.apply(arguments.path("text").asText());
    }
    ArrayNode results = JSON.arrayNode();
    arguments.path("texts").forEach(text -> results.add(work.apply(text.asText())));
    return results;
  }

  private static JsonNode split(String text, String separator) {
    ArrayNode parts = JSON.arrayNode();
    Pattern.compile(separator, Pattern.LITERAL).splitAsStream(text).forEach(parts::add);
    return parts;
  }

  private static long words(String text) {
    return Pattern.compile("\\s+").splitAsStream(text.strip()).filter(w -> !w.isEmpty()).count();
  }
}
