package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.UserFact.MemoryOp;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import dev.microcos.core.wire.DocumentJson;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * {@code memory}: reads what is remembered of the person, or changes it. A change is seen by the
 * reads of later runs; one right after it may be too early.
 */
final class MemoryHandler implements Handler {
  private final Inbox inbox;
  private final InstantSource clock;
  private final BiFunction<Person, String, JsonNode> memory;

  /**
   * A handler.
   *
   * @param memory what is remembered of a person under a key; null if nothing is
   */
  MemoryHandler(Inbox inbox, InstantSource clock, BiFunction<Person, String, JsonNode> memory) {
    this.inbox = inbox;
    this.clock = clock;
    this.memory = memory;
  }

  @Override
  public Done handle(Step step) {
    String key = step.with().path("key").asText();
    String op = step.with().path("op").asText();
    if (op.equals("read")) {
      return Done.With.result(memory.apply(step.run().person(), key));
    }
    JsonNode value = step.with().path("value");
    MemoryOp change = change(op);
    inbox.send(
        step.run()
            .envelope(
                step.once("remembered"),
                new MemoryUpdated(
                    key, change, change == MemoryOp.CLEAR ? null : DocumentJson.of(value)),
                null,
                clock.instant()));
    return Done.With.result(change == MemoryOp.CLEAR ? JsonNodeFactory.instance.nullNode() : value);
  }

  private static MemoryOp change(String op) {
    try {
      return MemoryOp.valueOf(op.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Permanent("unknown_op", "memory can be read, set, appended to and cleared");
    }
  }
}
