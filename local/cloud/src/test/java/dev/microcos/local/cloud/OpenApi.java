package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
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

  /** All operations, in the document's order. */
  static List<Operation> operations() {
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

    /** Whether it belongs to a run, which it reads before it writes. */
    boolean isOfRun() {
      return path.contains("{run_id}");
    }

    /** Whether its sender signs the body in place of a token. */
    boolean isSigned() {
      return document
          .path("parameters")
          .valueStream()
          .anyMatch(each -> each.path("name").asText().equals("X-Microcos-Signature"));
    }

    /** Whether a token says whose it is, if there is one. */
    boolean takesToken() {
      return !document.has("security") || !document.path("security").isEmpty();
    }

    /** Whether it may be asked without a token. */
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
      JsonNode content = response.path("content");
      if (!content.isEmpty()) {
        String type = answer.header("content-type").replaceFirst(";.*", "");
        if (!content.has(type)) {
          throw new AssertionError(this + " gave " + type + " for " + content);
        }
        String schema = Documents.name(content.path(type).path("schema"));
        if (!schema.isEmpty()) {
          TestPerson.fits(schema, answer.json());
        }
      }
      return answer;
    }

    /** Asks for it as a person, or as the sender of what it is sent. */
    TestPerson.Answer asked(TestPerson by, String at, String body, String... headers) {
      return asked(by, at, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    TestPerson.Answer asked(TestPerson by, String at, byte[] body, String... headers) {
      List<String> all = new ArrayList<>(List.of(headers));
      if (isSigned()) {
        all.addAll(List.of(Webhooks.signed(body)));
      }
      return by.send(method, at, BodyPublishers.ofByteArray(body), all.toArray(String[]::new));
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }
}
