package dev.microcos.core.domain.user;

import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.UserFact.MemoryOp;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that is remembered about a person.
 *
 * @param key under which it is remembered
 * @param isList whether it is a list, to which more can be added
 * @param values one, or those of the list
 */
public record Memory(String key, boolean isList, List<Document> values) implements Row {

  public Memory {
    values = List.copyOf(values);
  }

  @Override
  public String id() {
    return key;
  }

  /** How many characters it takes. */
  int size() {
    return key.length() + values.stream().mapToInt(value -> value.json().length()).sum();
  }

  static Rows<Memory> updated(Rows<Memory> memory, MemoryUpdated updated) {
    Document value = updated.value();
    if (value == null) {
      return memory.without(updated.key());
    }
    Memory before = memory.get(updated.key());
    boolean append = updated.op() == MemoryOp.APPEND;
    List<Document> values = new ArrayList<>(append && before != null ? before.values() : List.of());
    values.add(value);
    return memory.with(new Memory(updated.key(), append, values));
  }
}
