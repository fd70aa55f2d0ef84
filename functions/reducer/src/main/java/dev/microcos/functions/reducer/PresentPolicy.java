package dev.microcos.functions.reducer;

import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.Policy.Triggered;
import dev.microcos.core.wire.workflow.Trigger;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import dev.microcos.core.wire.workflow.WorkflowFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy with the workflows that signals start now. Their folder is looked at once a second at
 * most, so that a decision does not wait for it; while it cannot be read, signals start nothing and
 * are kept, and all else goes on.
 */
@SuppressWarnings("ReferenceEquality") // a folder that has not changed gives the same map
final class PresentPolicy implements Supplier<Policy> {

  private static final Logger LOG = LoggerFactory.getLogger(PresentPolicy.class);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Policy configured;
  private final Supplier<WorkflowFolder> opening;
  private final InstantSource clock;
  private volatile @Nullable WorkflowFolder folder;
  private volatile Present present = new Present(Policy.DEFAULT, Map.of(), Instant.EPOCH);

  /**
   * A policy.
   *
   * @param opening opens the folder of the workflows; an {@link IllegalStateException} if it cannot
   *     be read
   */
  PresentPolicy(Policy configured, Supplier<WorkflowFolder> opening, InstantSource clock) {
    this.configured = configured;
    this.opening = opening;
    this.clock = clock;
  }

  private record Present(Policy policy, Map<String, WorkflowDefinition> workflows, Instant until) {}

  @Override
  public Policy get() {
    Instant now = clock.instant();
    Present known = present;
    if (now.isBefore(known.until())) {
      return known.policy();
    }
    Map<String, WorkflowDefinition> all = all();
    boolean same = all == known.workflows() && known.until().isAfter(Instant.EPOCH);
    Policy policy = same ? known.policy() : configured.with(triggers(all));
    present = new Present(policy, all, now.plus(FRESH));
    return policy;
  }

  private Map<String, WorkflowDefinition> all() {
    try {
      WorkflowFolder opened = folder;
      if (opened == null) {
        opened = opening.get();
        folder = opened;
      }
      return opened.all();
    } catch (IllegalStateException unreadable) {
      LOG.error("signals start no workflow", unreadable);
      return Map.of();
    }
  }

  private static Map<String, List<Triggered>> triggers(Map<String, WorkflowDefinition> workflows) {
    Map<String, List<Triggered>> triggers = new TreeMap<>();
    for (WorkflowDefinition workflow : workflows.values()) {
      for (Trigger trigger : workflow.triggers()) {
        if (trigger instanceof Trigger.Signal signal) {
          triggers
              .computeIfAbsent(signal.type(), _ -> new ArrayList<>())
              .add(new Triggered(workflow.name(), workflow.title(), workflow.hash()));
        }
      }
    }
    return triggers;
  }
}
