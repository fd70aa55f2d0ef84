package dev.microcos.local.services.transport;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * The members of a request of the AWS JSON protocols, read strictly: what has another type, or is
 * not supported here, is refused rather than ignored.
 */
public final class JsonRequest {

  private final String operation;
  private final JsonNode members;
  private final Function<String, Refusal> invalid;

  /** A request, and how its service refuses an invalid one. */
  public JsonRequest(String operation, JsonNode members, Function<String, Refusal> invalid) {
    this.operation = operation;
    this.members = members;
    this.invalid = invalid;
  }

  /** Refuses the request if it has a member besides these. */
  public void allow(Set<String> supported) {
    Iterator<String> names = members.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!supported.contains(name) && !members.get(name).isNull()) {
        throw invalid.apply("The local cloud does not support " + name + " of " + operation + ".");
      }
    }
  }

  /** The request about a part of this one, as an entry of a batch. */
  public JsonRequest part(JsonNode part) {
    if (!part.isObject()) {
      throw invalid.apply("Expected an object in " + operation + ".");
    }
    return new JsonRequest(operation, part, invalid);
  }

  /** All members as they are. */
  public JsonNode members() {
    return members;
  }

  /** The operation's name. */
  public String operation() {
    return operation;
  }

  /** A member, if it is there and not null. */
  public Optional<JsonNode> member(String name) {
    JsonNode member = members.get(name);
    return member == null || member.isNull() ? Optional.empty() : Optional.of(member);
  }

  /** A member that must be there. */
  public JsonNode require(String name) {
    return member(name).orElseThrow(() -> missing(name));
  }

  /** A string, if it is there. */
  public Optional<String> text(String name) {
    return member(name).map(node -> typed(name, node, node.isTextual(), "string").textValue());
  }

  /** A string that must be there and not be empty. */
  public String requireText(String name) {
    return text(name).filter(text -> !text.isEmpty()).orElseThrow(() -> missing(name));
  }

  /** A whole number, if it is there. */
  public OptionalInt integer(String name) {
    Optional<JsonNode> member = member(name);
    if (member.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        typed(name, member.get(), member.get().canConvertToInt(), "integer").intValue());
  }

  /** A truth value; false if it is not there. */
  public boolean flag(String name) {
    Optional<JsonNode> member = member(name);
    return member.isPresent()
        && typed(name, member.get(), member.get().isBoolean(), "boolean").booleanValue();
  }

  /** A list; an empty one if it is not there. */
  public Iterable<JsonNode> list(String name) {
    Optional<JsonNode> member = member(name);
    return member.isEmpty() ? Set.of() : typed(name, member.get(), member.get().isArray(), "list");
  }

  /** An object, if it is there. */
  public Optional<JsonNode> object(String name) {
    return member(name).map(node -> typed(name, node, node.isObject(), "map"));
  }

  private Refusal missing(String name) {
    return invalid.apply("The request must contain the parameter " + name + ".");
  }

  private JsonNode typed(String name, JsonNode node, boolean fits, String type) {
    if (!fits) {
      throw invalid.apply("The member " + name + " of " + operation + " must be a " + type + ".");
    }
    return node;
  }
}
