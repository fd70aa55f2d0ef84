package dev.microcos.core.application;

import dev.microcos.core.application.ModelCall.End;
import dev.microcos.core.application.ModelCall.Outcome;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.ModelFailure;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** One attempt at an answer, from the first token to the report. */
final class Attempt {

  private final AssistantJob job;
  private final int attempt;
  private final ConversationId conversation;
  private final Push.Tokens pages;
  private final InstantSource clock;
  private final ModelCall call;
  private int index;

  Attempt(
      AssistantJob job,
      int attempt,
      ConversationId conversation,
      Prompt prompt,
      Model model,
      Operations operations,
      Push push,
      InstantSource clock,
      Answer.Pace pace) {
    this.job = job;
    this.attempt = attempt;
    this.conversation = conversation;
    this.pages = push.tokens(job.person());
    this.clock = clock;
    this.call = new ModelCall(job, attempt, prompt, model, operations, clock, pace, this::show);
  }

  /**
   * What came of the attempt.
   *
   * @param envelope the answer for the person's log
   * @param row the account of the call
   */
  record Report(Envelope envelope, OperationRow row) {}

  /**
   * Runs to the end of the answer, its failure or its cancellation.
   *
   * @return what came of it; nothing if somebody else has taken the call on
   */
  Optional<Report> run() {
    Outcome outcome = call.run();
    return switch (outcome.end()) {
      case End.Answered answered -> Optional.of(answered(answered.reason(), outcome));
      case End.Failed failed -> Optional.of(failed(failed.failure(), outcome));
      case End.TakenOver takenOver -> Optional.empty();
    };
  }

  private void show(String piece) {
    pages.show(new Push.Token(job.operation(), attempt, index++, piece));
  }

  private Report answered(StopReason reason, Outcome outcome) {
    return new Report(
        envelope(
            new AssistantMessage(
                job.operation(), attempt, outcome.text(), reason, outcome.tokens())),
        call.row(
            reason == StopReason.CANCELLED ? OperationRow.CANCELLED : OperationRow.COMPLETE,
            "",
            outcome.tokens()));
  }

  private Report failed(ModelFailure failure, Outcome outcome) {
    return new Report(
        envelope(
            new AssistantFailed(
                job.operation(),
                attempt,
                failure.code(),
                failure.detail(),
                failure.isPassing(),
                outcome.tokens(),
                outcome.text())),
        call.row(OperationRow.FAILED, failure.code(), outcome.tokens()));
  }

  private Envelope envelope(Fact fact) {
    Instant now = clock.instant();
    return new Envelope(
        EventId.ofAnswer(job.operation(), attempt, now),
        fact,
        job.person(),
        conversation,
        job.request(),
        null,
        job.operation(),
        null,
        job.operation().startedBy(),
        job.hops(),
        now);
  }
}
