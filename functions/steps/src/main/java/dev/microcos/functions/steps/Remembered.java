package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Memory;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import java.util.function.BiFunction;

/** What a person's log remembers under a key: a value, a list of them, or null for nothing. */
record Remembered(EventLog<UserState> log) implements BiFunction<Person, String, JsonNode> {

  @Override
  public JsonNode apply(Person person, String key) {
    Memory memory = log.load(person).state().memory().get(key);
    if (memory == null) {
      return NullNode.getInstance();
    }
    if (!memory.isList()) {
      return DocumentJson.tree(memory.values().getFirst());
    }
    ArrayNode values = Json.object().arrayNode();
    memory.values().forEach(value -> values.add(DocumentJson.tree(value)));
    return values;
  }
}
