package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One row a call of a model or a tool: who is at it, how far it is, what it cost. */
public interface Operations {

  /**
   * Takes the call on, for as long as the lease lasts; each taking-on is a new attempt.
   *
   * @param lease how long nobody else may take it on, unless renewed by {@link #checkpoint}
   */
  Claim claim(Call call, Instant now, Duration lease);

  /**
   * Writes down how far the answer is and renews the lease.
   *
   * @return whether the call is still the caller's
   */
  Standing checkpoint(Person person, Progress progress, Instant leaseUntil);

  /** Closes the attempt, unless a later one has been taken on. */
  void finish(Person person, OperationRow row);

  /** Marks the call as cancelled, so that the next checkpoint of whoever is at it fails. */
  void cancel(Person person, OperationId operation, Instant now);

  /**
   * Lets a call be claimed once more, whatever became of it. Whoever is still at it has lost it.
   *
   * @param attempt the least that the next claim is to be
   * @param effectId what asks for it; asking again changes nothing
   */
  void reopen(Person person, OperationId operation, int attempt, String effectId);

  /** The call, if it was ever begun. */
  Optional<OperationRow> find(Person person, OperationId operation);

  /** The newest calls, at most {@code limit}. */
  List<OperationRow> list(Person person, int limit);

  /** What came of a claim. */
  sealed interface Claim {
    /** The call is the caller's. */
    record Taken(int attempt) implements Claim {}

    /** Somebody else is at it. */
    record Held(Instant until) implements Claim {}

    /** It was cancelled before anybody took it on. */
    record Cancelled() implements Claim {}

    /** It is done. */
    record Done() implements Claim {}
  }

  /** How a call stands when it is written down. */
  enum Standing {
    /** It is the caller's: go on. */
    OURS,
    /** It was cancelled: stop, and report what there is. */
    CANCELLED,
    /** Somebody else has taken it on: stop, and report nothing. */
    TAKEN_OVER
  }

  /** How far an attempt is. */
  record Progress(OperationId operation, int attempt, String prompt, String text) {}
}
