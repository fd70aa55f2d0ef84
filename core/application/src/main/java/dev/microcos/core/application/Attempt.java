package dev.microcos.core.application;

import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.ModelFailure;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Operations.Progress;
import dev.microcos.core.application.port.Operations.Standing;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.application.port.TokenStream;
import dev.microcos.core.application.port.TokenStream.Step;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One attempt at an answer, from the first token to the report. */
final class Attempt {

  private static final int TRIES_BEFORE_FIRST_TOKEN = 3;
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final AssistantJob job;
  private final int attempt;
  private final ConversationId conversation;
  private final Prompt prompt;
  private final String modelName;
  private final Operations operations;
  private final Push push;
  private final InstantSource clock;
  private final Answer.Pace pace;
  private final StringBuilder text = new StringBuilder();
  private final Instant startedAt;
  private @Nullable Instant firstTokenAt;
  private Instant flushedAt = Instant.EPOCH;
  private Instant writtenAt;
  private Instant heardAt;
  private int shown;
  private int index;

  Attempt(
      AssistantJob job,
      int attempt,
      ConversationId conversation,
      Prompt prompt,
      String modelName,
      Operations operations,
      Push push,
      InstantSource clock,
      Answer.Pace pace) {
    this.job = job;
    this.attempt = attempt;
    this.conversation = conversation;
    this.prompt = prompt;
    this.modelName = modelName;
    this.operations = operations;
    this.push = push;
    this.clock = clock;
    this.pace = pace;
    this.startedAt = clock.instant();
    this.writtenAt = startedAt;
    this.heardAt = startedAt;
  }

  /**
   * What came of the attempt.
   *
   * @param envelope the answer for the person's log
   * @param row the account of the call
   */
  record Report(Envelope envelope, OperationRow row) {}

  /**
   * Runs to the end of the answer, its failure or its cancellation. Until the first token a passing
   * failure is tried again: nobody has seen anything.
   *
   * @return what came of it; nothing if somebody else has taken the call on
   */
  Optional<Report> run(Model model) {
    for (int tries = 1; ; tries++) {
      try {
        return write(model);
      } catch (ModelFailure failure) {
        boolean unheard = text.isEmpty();
        if (!failure.isPassing() || !unheard || tries == TRIES_BEFORE_FIRST_TOKEN) {
          return Optional.of(failed(failure));
        }
        pause(tries);
      }
    }
  }

  private Optional<Report> write(Model model) {
    try (TokenStream stream = model.narrate(prompt)) {
      heardAt = clock.instant();
      while (true) {
        switch (stream.next(pace.flush())) {
          case Step.Text more -> heard(more.text());
          case Step.Idle idle -> patience();
          case Step.Ended ended -> {
            show();
            return Optional.of(completed(ended.stopReason(), ended.tokens()));
          }
        }
        Instant now = clock.instant();
        if (shown < text.length() && !now.isBefore(flushedAt.plus(pace.flush()))) {
          show();
        }
        if (!now.isBefore(writtenAt.plus(pace.checkpoint()))) {
          Standing standing = writeDown(now);
          if (standing != Standing.OURS) {
            return standing == Standing.CANCELLED
                ? Optional.of(completed(StopReason.CANCELLED, estimated()))
                : Optional.empty();
          }
        }
      }
    }
  }

  /** A wait that grows, and differs from call to call so that not all come back at once. */
  private void pause(int tries) {
    double jitter = 0.5 + Math.floorMod(job.operation().hashCode(), 100) / 200.0;
    LockSupport.parkNanos((long) (pace.retry().toNanos() * (1L << tries) * jitter));
  }

  private Report failed(ModelFailure failure) {
    TokenUse tokens = text.isEmpty() ? TokenUse.NONE : estimated();
    return report(
        new AssistantFailed(
            job.operation(),
            attempt,
            failure.code(),
            failure.detail(),
            failure.isPassing(),
            tokens),
        OperationRow.FAILED,
        tokens);
  }

  private void heard(String more) {
    heardAt = clock.instant();
    if (firstTokenAt == null) {
      firstTokenAt = heardAt;
    }
    text.append(more);
  }

  private void patience() {
    if (clock.instant().isAfter(heardAt.plus(pace.patience()))) {
      throw new ModelFailure(
          "silent", "the model said nothing for " + pace.patience().toSeconds() + " s", true);
    }
  }

  private void show() {
    if (shown < text.length()) {
      String piece = text.substring(shown);
      push.token(job.person(), new Push.Token(job.operation(), attempt, index++, piece));
      shown = text.length();
      flushedAt = clock.instant();
    }
  }

  private Standing writeDown(Instant now) {
    writtenAt = now;
    return operations.checkpoint(
        job.person(),
        new Progress(job.operation(), attempt, prompt.text(), text.toString()),
        now.plus(Answer.lease()));
  }

  private Report completed(StopReason reason, TokenUse tokens) {
    return report(
        new AssistantMessage(job.operation(), attempt, text.toString(), reason, tokens),
        reason == StopReason.CANCELLED ? OperationRow.CANCELLED : OperationRow.COMPLETE,
        tokens);
  }

  private Report report(Fact fact, String status, TokenUse tokens) {
    Instant now = clock.instant();
    Envelope envelope =
        new Envelope(
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
    Instant first = firstTokenAt == null ? startedAt : firstTokenAt;
    OperationRow row =
        new OperationRow(
            job.operation(),
            job.request(),
            "narrate",
            status.toLowerCase(Locale.ROOT),
            attempt,
            startedAt,
            tokens,
            Prices.micros(tokens),
            Duration.between(startedAt, now),
            Duration.between(startedAt, first),
            fact instanceof AssistantFailed failed ? failed.code() : "",
            prompt.text(),
            text.toString());
    return new Report(envelope, row);
  }

  /** What a call used whose account never came: about four characters a token. */
  private TokenUse estimated() {
    int input = prompt.system().length();
    for (Prompt.Turn turn : prompt.turns()) {
      input += turn.text().length();
    }
    return new TokenUse(
        modelName, input / CHARACTERS_PER_TOKEN, text.length() / CHARACTERS_PER_TOKEN);
  }
}
