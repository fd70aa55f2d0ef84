package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signal that a step of a run waits for.
 *
 * @param waitId the step
 * @param attempt the attempt of the step that the token is of
 * @param match fields that the signal's data must have with these values; null if any will do
 * @param token what the execution waits with; never shown
 * @param data what the signal said, once it came
 */
public record Wait(
    StepId waitId,
    int attempt,
    String signal,
    @Nullable Document match,
    Instant since,
    Instant deadline,
    String token,
    Status status,
    @Nullable Document data)
    implements Row {

  /** How far a wait is. */
  public enum Status {
    OPEN,
    RECEIVED,
    /** Its deadline has passed, or the run is over. */
    EXPIRED
  }

  @Override
  public String id() {
    return waitId.value();
  }

  /** Whether its signal can still come. */
  public boolean isOpen() {
    return status == Status.OPEN;
  }

  static Wait registered(WaitRegistered wait, @Nullable Wait before, Instant at) {
    Document data = before == null ? null : before.data();
    return new Wait(
        wait.waitId(),
        wait.attempt(),
        wait.signal(),
        wait.match(),
        before == null ? at : before.since(),
        wait.deadline(),
        wait.token(),
        data == null ? Status.OPEN : Status.RECEIVED,
        data);
  }

  Wait received(Document said) {
    return new Wait(waitId, attempt, signal, match, since, deadline, token, Status.RECEIVED, said);
  }

  Wait expired() {
    return new Wait(waitId, attempt, signal, match, since, deadline, token, Status.EXPIRED, null);
  }
}
