package dev.microcos.local.services.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The default bus: gives an event to the targets of all rules that it matches. */
public final class EventBus {

  private record Rule(String name, EventPattern pattern, List<Consumer<JsonNode>> targets) {}

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /** Adds a rule; a target takes the event, or throws if it cannot. */
  public void add(String name, EventPattern pattern, List<Consumer<JsonNode>> targets) {
    rules.add(new Rule(name, pattern, List.copyOf(targets)));
  }

  /**
   * Gives an event to its targets and waits for them.
   *
   * @throws RuntimeException of the first target that did not take it, after all were asked
   */
  public void deliver(JsonNode event) {
    RuntimeException failure = null;
    for (Rule rule : rules) {
      if (rule.pattern().matches(event)) {
        for (Consumer<JsonNode> target : rule.targets()) {
          try {
            target.accept(event);
          } catch (RuntimeException e) {
            failure = failure == null ? e : failure;
          }
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
