package dev.microcos.local.stepfunctions.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.run.Refusal;
import java.util.Optional;

/** The members of a request, checked as AWS does. */
final class Request {

  private static final int MOST_RESULTS = 1000;
  private static final int USUAL_RESULTS = 100;

  private final JsonNode members;

  Request(JsonNode members) {
    this.members = members;
  }

  JsonNode member(String name) {
    return members.path(name);
  }

  boolean has(String name) {
    JsonNode member = members.path(name);
    return !member.isMissingNode() && !member.isNull();
  }

  Optional<String> text(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (!members.path(name).isTextual()) {
      throw new Refusal("SerializationException", "The member " + name + " is not a string");
    }
    return Optional.of(members.path(name).textValue());
  }

  String required(String name) {
    return text(name)
        .orElseThrow(() -> invalid("Value null at '" + name + "'", "Member must not be null"));
  }

  boolean flag(String name, boolean otherwise) {
    return has(name) ? members.path(name).asBoolean(otherwise) : otherwise;
  }

  /** The ARN of a machine or an execution; {@code type} is stateMachine or execution. */
  String arn(String name, String type) {
    String arn = required(name);
    if (!arn.startsWith("arn:")) {
      throw new Refusal("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: " + arn + "'");
    }
    String[] parts = arn.split(":", -1);
    if (parts.length < 7 || !parts[5].equals(type)) {
      throw new Refusal(
          "InvalidArn",
          "Invalid Arn: 'Resource type not valid in this context: "
              + (parts.length > 5 ? parts[5] : "")
              + "'");
    }
    return arn;
  }

  int maxResults() {
    if (!has("maxResults")) {
      return USUAL_RESULTS;
    }
    int results = members.path("maxResults").asInt();
    if (results > MOST_RESULTS) {
      throw invalid(
          "Value '" + results + "' at 'maxResults'",
          "Member must have value less than or equal to " + MOST_RESULTS);
    }
    return results <= 0 ? USUAL_RESULTS : results;
  }

  static Refusal invalid(String what, String constraint) {
    return new Refusal(
        "ValidationException",
        "1 validation error detected: " + what + " failed to satisfy constraint: " + constraint);
  }
}
