package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The HTTP API as its document tells it. */
final class OpenApi {

  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final Pattern IN_PATH = Pattern.compile("\\{([a-z_]+)\\}");

  private OpenApi() {}

  /**
   * The operations of the person's own log, in the document's order. Those of runs, which read a
   * run before they write, are {@link #ofRuns()}.
   */
  static List<Operation> operations() {
    return documented().stream().filter(each -> !each.isOfRuns()).toList();
  }

  /** The operations of runs and what starts them. */
  static List<Operation> ofRuns() {
    return documented().stream().filter(Operation::isOfRuns).toList();
  }

  /** All operations, in the document's order. */
  static List<Operation> documented() {
    List<Operation> all = new ArrayList<>();
    Documents.read("api/openapi.yaml")
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  if (METHODS.contains(operation.getKey())) {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    all.add(new Operation(method, path.getKey(), operation.getValue()));
                  }
                }));
    return all;
  }

  /** The operations that need a token. */
  static List<Operation> guarded() {
    return operations().stream().filter(each -> !each.isOpen()).toList();
  }

  /** The operations that take a body, whose schema they name. */
  static List<Operation> writes() {
    return operations().stream().filter(each -> !each.bodySchema().isEmpty()).toList();
  }

  /** The methods of a path, as the document has them. */
  static Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    operations().stream()
        .filter(each -> each.path().equals(path))
        .forEach(each -> methods.add(each.method()));
    return methods;
  }

  /**
   * One operation.
   *
   * @param path with the names of its parameters in braces
   */
  record Operation(String method, String path, JsonNode document) {

    /** The path with an id in place of each parameter. */
    String at(UnaryOperator<String> ids) {
      return IN_PATH.matcher(path).replaceAll(name -> ids.apply(name.group(1)));
    }

    boolean hasIds() {
      return IN_PATH.matcher(path).find();
    }

    boolean isOfRuns() {
      return document.at("/tags/0").asText().equals("runs");
    }

    boolean isOpen() {
      JsonNode security = document.path("security");
      return document.has("security")
          && (security.isEmpty() || security.valueStream().anyMatch(JsonNode::isEmpty));
    }

    /** The name of the schema of its body; empty if it takes none. */
    String bodySchema() {
      return Documents.name(document.at("/requestBody/content/application~1json/schema"));
    }

    /** A body that is right: the document's example, or an empty one. */
    ObjectNode example() {
      JsonNode example = document.at("/requestBody/content/application~1json/example");
      return example.isObject() ? example.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    /** Its parameters in the query, each by name with its schema. */
    Map<String, ObjectNode> query() {
      Map<String, ObjectNode> query = new TreeMap<>();
      for (JsonNode each : document.path("parameters")) {
        JsonNode parameter = Documents.resolved(each);
        if (parameter.path("in").asText().equals("query")) {
          query.put(parameter.path("name").asText(), Documents.resolved(parameter.path("schema")));
        }
      }
      return query;
    }

    /** Each status that it may have, with its description. */
    SortedMap<Integer, ObjectNode> responses() {
      SortedMap<Integer, ObjectNode> responses = new TreeMap<>();
      document
          .path("responses")
          .properties()
          .forEach(each ->
              responses.put(Integer.valueOf(each.getKey()), Documents.resolved(each.getValue())));
      return responses;
    }

    /** Fails unless the answer is one that the document describes. */
    TestPerson.Answer described(TestPerson.Answer answer) {
      ObjectNode response = responses().get(answer.status());
      if (response == null) {
        throw new AssertionError(
            this + " gave " + answer.status() + ", which is not in the document: " + answer.text());
      }
      response
          .path("headers")
          .properties()
          .forEach(header -> {
            boolean required = Documents.resolved(header.getValue()).path("required").asBoolean();
            if (required && answer.header(header.getKey()).isEmpty()) {
              throw new AssertionError(this + " gave no " + header.getKey());
            }
          });
      response
          .path("content")
          .properties()
          .forEach(content -> {
            String type = answer.header("content-type");
            if (!type.startsWith(content.getKey())) {
              throw new AssertionError(this + " gave " + type + " for " + content.getKey());
            }
            TestPerson.fits(Documents.name(content.getValue().path("schema")), answer.json());
          });
      return answer;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }
}
