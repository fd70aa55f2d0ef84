package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run asks a person.
 *
 * @param attempt the attempt of the step that the token is of
 * @param schema JSON Schema of the answer
 * @param otherwise what holds at the deadline if nobody has answered
 * @param token what the execution waits with; never shown
 * @param answer the first one; null if there is none
 */
public record Question(
    InputId inputId,
    StepId stepId,
    int attempt,
    String prompt,
    Document schema,
    Instant askedAt,
    Instant deadline,
    @Nullable Document otherwise,
    String token,
    Status status,
    @Nullable Answer answer)
    implements Row {

  /** How far a question is. */
  public enum Status {
    OPEN,
    ANSWERED,
    /** Its deadline has passed, or the run is over. */
    EXPIRED
  }

  /**
   * An answer.
   *
   * @param by the user's id, or {@code deadline}
   */
  public record Answer(Document value, String by, Instant at) {}

  @Override
  public String id() {
    return inputId.value();
  }

  /** Whether it can be answered. */
  public boolean isOpen() {
    return status == Status.OPEN;
  }

  /** Asked anew, it keeps its deadline: nobody gets more time by a new token. */
  static Question asked(InputRequired asked, @Nullable Question before, Instant at) {
    Answer answer = before == null ? null : before.answer();
    Instant deadline = before == null ? asked.deadline() : before.deadline();
    Status open = at.isBefore(deadline) ? Status.OPEN : Status.EXPIRED;
    return new Question(
        asked.inputId(),
        asked.stepId(),
        asked.attempt(),
        asked.prompt(),
        asked.schema(),
        before == null ? at : before.askedAt(),
        deadline,
        asked.otherwise(),
        asked.token(),
        answer == null ? open : Status.ANSWERED,
        answer);
  }

  Question answered(Answer first) {
    return with(Status.ANSWERED, first);
  }

  Question expired() {
    return with(Status.EXPIRED, null);
  }

  private Question with(Status how, @Nullable Answer first) {
    return new Question(
        inputId, stepId, attempt, prompt, schema, askedAt, deadline, otherwise, token, how, first);
  }
}
