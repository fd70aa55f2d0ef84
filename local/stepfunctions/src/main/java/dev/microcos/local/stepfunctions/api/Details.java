package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.stepfunctions.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The details of an event on the wire; data are texts of JSON, and can be left out. */
final class Details {

  private final ObjectNode target;
  private final boolean data;

  Details(ObjectNode target, boolean data) {
    this.target = target;
    this.data = data;
  }

  Details of(String event) {
    return new Details(target.putObject(event + "EventDetails"), data);
  }

  Details always(String name, @Nullable String value) {
    if (value != null) {
      target.put(name, value);
    }
    return this;
  }

  Details number(String name, @Nullable Number value) {
    if (value != null) {
      target.put(name, value.longValue());
    }
    return this;
  }

  Details resource(String type, String name) {
    target.put("resourceType", type).put("resource", name);
    return this;
  }

  Details iteration(String name, int index) {
    target.put("name", name).put("index", index);
    return this;
  }

  Details failure(@Nullable String error, @Nullable String cause) {
    ObjectNode _ = Described.failure(target, error, cause);
    return this;
  }

  Details text(String name, String value) {
    if (data) {
      target.put(name, value).putObject(name + "Details").put("truncated", false);
    }
    return this;
  }

  Details value(String name, JsonNode value) {
    return data ? text(name, Json.text(value)) : this;
  }

  Details parameters(JsonNode value) {
    if (data) {
      target.put("parameters", Json.text(value));
    } else {
      target.put("parameters", "");
    }
    return this;
  }

  Details variables(Map<String, JsonNode> variables) {
    if (data) {
      ObjectNode assigned = target.putObject("assignedVariables");
      variables.forEach((name, value) -> assigned.put(name, Json.text(value)));
      target.putObject("assignedVariablesDetails").put("truncated", false);
    }
    return this;
  }
}
