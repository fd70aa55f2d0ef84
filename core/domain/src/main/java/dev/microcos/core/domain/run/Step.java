package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run.
 *
 * @param name the name of its state
 * @param order the how many-th step of the run it is
 * @param index which item of a Map, or branch of a Parallel; null outside of them
 * @param into where an answer or a signal goes in the run's state; null if nowhere, or if only the
 *     next step tells
 * @param attempt the newest one, from 1 on
 * @param input the state before it, where that is not what the steps before it left
 * @param patch leads from the state before it to the state after it (RFC 6902), once it has
 *     reported that; null if it only waited
 * @param startedAt when the newest attempt began
 * @param error the name of what the newest attempt failed with
 * @param model the model that did it, empty if none did
 * @param spent what all attempts cost
 */
public record Step(
    StepId stepId,
    String name,
    String title,
    int order,
    @Nullable Integer index,
    String handler,
    @Nullable String into,
    Status status,
    int attempt,
    @Nullable Document input,
    @Nullable Document patch,
    Instant startedAt,
    @Nullable Instant completedAt,
    long durationMillis,
    @Nullable String error,
    @Nullable String cause,
    String model,
    @Nullable OperationId operation,
    Spent spent)
    implements Row {

  /** How far a step is. */
  public enum Status {
    RUNNING,
    /** For an answer or a signal. */
    WAITING,
    COMPLETED,
    FAILED,
    CANCELLED
  }

  /** The error of what nobody did in time, as Step Functions names it. */
  public static final String TIMEOUT = "States.Timeout";

  @Override
  public String id() {
    return stepId.value();
  }

  /** Whether it is neither done nor given up. */
  public boolean isOpen() {
    return status == Status.RUNNING || status == Status.WAITING;
  }

  /** The call of a model that it is at; none once it is over. */
  Optional<OperationId> openCall() {
    return isOpen() ? Optional.ofNullable(operation) : Optional.empty();
  }

  /** Whether what it gives becomes the run's state. */
  public boolean isTop() {
    return index == null;
  }

  static Step begun(
      StepStarted started, @Nullable Step before, @Nullable OperationId operation, Instant at) {
    return new Step(
        started.stepId(),
        started.name(),
        started.title(),
        before == null ? started.order() : before.order(),
        started.index(),
        started.handler(),
        started.into(),
        Status.RUNNING,
        started.attempt(),
        started.input() == null && before != null ? before.input() : started.input(),
        null,
        at,
        null,
        0,
        null,
        null,
        "",
        operation,
        before == null ? Spent.NOTHING : before.spent());
  }

  Step waiting() {
    return with(Status.WAITING, null, null, null);
  }

  /** Ended without a report of its own. */
  Step ended(Status how, Instant at, @Nullable String failure, @Nullable String why) {
    return with(how, at, failure, why);
  }

  Step reported(
      Status how,
      Instant at,
      long millis,
      @Nullable Document change,
      @Nullable String failure,
      @Nullable String why,
      String by,
      @Nullable OperationId call,
      Spent all) {
    return new Step(
        stepId, name, title, order, index, handler, into, how, attempt, input, change, startedAt,
        at, millis, failure, why, by, call, all);
  }

  private Step with(
      Status how, @Nullable Instant at, @Nullable String failure, @Nullable String why) {
    long millis = at == null ? 0 : Math.max(0, Duration.between(startedAt, at).toMillis());
    return new Step(
        stepId, name, title, order, index, handler, into, how, attempt, input, patch, startedAt, at,
        millis, failure, why, model, operation, spent);
  }
}
