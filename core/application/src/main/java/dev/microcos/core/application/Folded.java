package dev.microcos.core.application;

import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.log.State;
import dev.microcos.core.domain.user.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A group of envelopes on its way into one commit: each is decided on what came before it. */
final class Folded<S extends State> {

  /** After this many tries an envelope that breaks the rules' code is refused. */
  static final int TRIES_BEFORE_REFUSAL = 3;

  private static final Duration ALLOWED_SKEW = Duration.ofMinutes(5);

  private final Aggregate<S> aggregate;
  private final S before;
  private final Instant at;
  private final Policy policy;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final List<Envelope> repeated = new ArrayList<>();
  private S state;

  Folded(Aggregate<S> aggregate, S before, Instant now, Policy policy) {
    this.aggregate = aggregate;
    this.before = before;
    this.at = now.isBefore(before.committedAt()) ? before.committedAt() : now;
    this.policy = policy;
    this.state = before;
  }

  /**
   * Decides one more envelope.
   *
   * @param received how many times it has come so far
   * @throws RuntimeException if the rules' code breaks; the envelope has left no trace
   */
  void add(Envelope envelope, int received) {
    if (state.ring().contains(envelope.id())) {
      repeated.add(envelope);
      return;
    }
    try {
      add(aggregate.decide(state, envelope, policy));
    } catch (RuntimeException e) {
      if (received < TRIES_BEFORE_REFUSAL) {
        throw e;
      }
      add(Decision.refusal(envelope, RejectionCode.INTERNAL, "this could not be done; tell us"));
    }
  }

  /**
   * Since when an envelope that the ring does not know may have been committed, by the time that
   * its id carries. Empty if the ring would know.
   */
  Optional<Instant> behindRing(Envelope envelope) {
    Ring ring = state.ring();
    return envelope
        .id()
        .time()
        .map(time -> time.minus(ALLOWED_SKEW))
        .filter(since -> ring.isFull() && ring.oldest().filter(since::isBefore).isPresent())
        .filter(_ -> !ring.contains(envelope.id()));
  }

  private void add(Decision decision) {
    S next = state;
    List<Event> decided = new ArrayList<>();
    for (Envelope fact : decision.facts()) {
      Event event = new Event(next.seq() + 1, at, fact);
      next = aggregate.evolve(next, event);
      decided.add(event);
    }
    state = next;
    events.addAll(decided);
    effects.addAll(decision.effects());
  }

  S before() {
    return before;
  }

  S after() {
    return state;
  }

  List<Envelope> repeated() {
    return repeated;
  }

  /** What is to be written; nothing if all envelopes were repeated ones. */
  Optional<Commit> commit() {
    return events.isEmpty()
        ? Optional.empty()
        : Optional.of(new Commit(before.subject(), events, effects));
  }
}
