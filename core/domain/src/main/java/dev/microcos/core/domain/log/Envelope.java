package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Fact.Rejected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What comes in: a fact that somebody reports or asks for, and where it comes from.
 *
 * @param id identity; a second envelope with the same one has no effect
 * @param fact what is asked for or reported
 * @param person whose it is
 * @param conversation the conversation that it belongs to
 * @param request the request from outside that began it all
 * @param clientAction what the client calls the action, if it was one's
 * @param operation the operation that it is about, if it is about one
 * @param run the run that it belongs to or comes from, if there is one
 * @param causation the event that caused it, if one did
 * @param hops how many times the system has answered itself since the request
 * @param timestamp when it came through the door; the only time that a decision knows
 */
public record Envelope(
    EventId id,
    Fact fact,
    Person person,
    ConversationId conversation,
    RequestId request,
    @Nullable ClientActionId clientAction,
    @Nullable OperationId operation,
    @Nullable RunId run,
    @Nullable EventId causation,
    int hops,
    Instant timestamp) {

  /** The version of the envelope's form that this release writes. */
  public static final int VERSION = 1;

  public Envelope {
    if (run == null && fact instanceof RunFact) {
      throw new IllegalArgumentException("a fact of a run names its run");
    }
  }

  /** Whose log it belongs to: the run's if its fact, or what was refused of it, is one of runs. */
  public Subject subject() {
    return run != null && isOfRun() ? new PersonRun(person, run) : person;
  }

  private boolean isOfRun() {
    return switch (fact) {
      case Rejected rejected -> RunFact.TYPES.contains(rejected.refused());
      case RunFact ofRun -> true;
      case UserFact ofUser -> false;
    };
  }

  /** This envelope with what was decided in place of what was asked for. */
  public Envelope decided(Fact decided) {
    return new Envelope(
        id,
        decided,
        person,
        conversation,
        request,
        clientAction,
        operationOf(decided),
        run,
        causation,
        hops,
        timestamp);
  }

  /**
   * A further event that this envelope causes.
   *
   * @param index 1 for the first further one
   */
  public Envelope further(int index, Fact caused) {
    return new Envelope(
        id.further(index),
        caused,
        person,
        conversation,
        request,
        null,
        operationOf(caused),
        run,
        id,
        hops,
        timestamp);
  }

  private @Nullable OperationId operationOf(Fact decided) {
    OperationId named = decided.operationId();
    return named == null ? operation : named;
  }
}
