package dev.microcos.core.application;

import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.port.Call;
import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.ModelFailure;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Operations.Progress;
import dev.microcos.core.application.port.Operations.Standing;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.application.port.TokenStream;
import dev.microcos.core.application.port.TokenStream.Step;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call of the model that was taken on: from the first token to the last it is shown as it comes,
 * written down now and then, and stopped when its person stops it.
 */
final class ModelCall {

  private static final int TRIES_BEFORE_FIRST_TOKEN = 3;
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final Call call;
  private final int attempt;
  private final Prompt prompt;
  private final Model model;
  private final Operations operations;
  private final InstantSource clock;
  private final Pace pace;
  private final Consumer<String> shownTo;
  private final StringBuilder text = new StringBuilder();
  private final Instant startedAt;
  private @Nullable Instant firstTokenAt;
  private Instant flushedAt = Instant.EPOCH;
  private Instant writtenAt;
  private Instant heardAt;
  private int shown;

  /**
   * A call.
   *
   * @param attempt under which the call was claimed
   * @param shownTo gets the answer, piece by piece
   */
  ModelCall(
      Call call,
      int attempt,
      Prompt prompt,
      Model model,
      Operations operations,
      InstantSource clock,
      Pace pace,
      Consumer<String> shownTo) {
    this.call = call;
    this.attempt = attempt;
    this.prompt = prompt;
    this.model = model;
    this.operations = operations;
    this.clock = clock;
    this.pace = pace;
    this.shownTo = shownTo;
    this.startedAt = clock.instant();
    this.writtenAt = startedAt;
    this.heardAt = startedAt;
  }

  /** How a call ended. */
  sealed interface End {
    /** With an answer, as whole as the reason says. */
    record Answered(StopReason reason) implements End {}

    /** Without one. */
    record Failed(ModelFailure failure) implements End {}

    /** Somebody else has taken it on: there is nothing to report. */
    record TakenOver() implements End {}
  }

  /**
   * What came of a call.
   *
   * @param text what the model said
   * @param tokens what it used, estimated where no account came
   */
  record Outcome(End end, String text, TokenUse tokens) {}

  /**
   * Runs to the end of the answer, its failure or its cancellation. Until the first token a passing
   * failure is tried again: nobody has seen anything.
   */
  Outcome run() {
    for (int tries = 1; ; tries++) {
      try {
        return write();
      } catch (ModelFailure failure) {
        boolean unheard = text.isEmpty();
        if (!failure.isPassing() || !unheard || tries == TRIES_BEFORE_FIRST_TOKEN) {
          return outcome(new End.Failed(failure), unheard ? TokenUse.NONE : estimated());
        }
        pause(tries);
      }
    }
  }

  /** The account of the call, once it is over. */
  OperationRow row(String status, String failure, TokenUse tokens) {
    Instant first = firstTokenAt == null ? startedAt : firstTokenAt;
    return new OperationRow(
        call.operation(),
        call.request(),
        call.kind(),
        status,
        attempt,
        startedAt,
        tokens,
        Prices.micros(tokens),
        Duration.between(startedAt, clock.instant()),
        Duration.between(startedAt, first),
        failure,
        prompt.text(),
        text.toString());
  }

  private Outcome write() {
    try (TokenStream stream = model.narrate(prompt)) {
      heardAt = clock.instant();
      while (true) {
        switch (stream.next(pace.flush())) {
          case Step.Text more -> heard(more.text());
          case Step.Idle idle -> patience();
          case Step.Interrupted interrupted -> {
            return interrupted();
          }
          case Step.Ended ended -> {
            show();
            return outcome(new End.Answered(ended.stopReason()), ended.tokens());
          }
        }
        Instant now = clock.instant();
        if (shown < text.length() && !now.isBefore(flushedAt.plus(pace.flush()))) {
          show();
        }
        if (!now.isBefore(writtenAt.plus(pace.checkpoint()))) {
          switch (writeDown(now)) {
            case OURS -> {}
            case CANCELLED -> {
              return outcome(new End.Answered(StopReason.CANCELLED), estimated());
            }
            case TAKEN_OVER -> {
              return outcome(new End.TakenOver(), estimated());
            }
          }
        }
      }
    }
  }

  /** Stopped by the person, which has its account, or with the whole function, which has none. */
  private Outcome interrupted() {
    if (writeDown(clock.instant()) == Standing.CANCELLED) {
      return outcome(new End.Answered(StopReason.CANCELLED), estimated());
    }
    Thread.currentThread().interrupt();
    throw new ModelFailure("interrupted", "the function was stopped", true);
  }

  private Outcome outcome(End end, TokenUse tokens) {
    return new Outcome(end, text.toString(), tokens);
  }

  /** A wait that grows, and differs from call to call so that not all come back at once. */
  private void pause(int tries) {
    double jitter = 0.5 + Math.floorMod(call.operation().hashCode(), 100) / 200.0;
    LockSupport.parkNanos((long) (pace.retry().toNanos() * (1L << tries) * jitter));
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
      shownTo.accept(text.substring(shown));
      shown = text.length();
      flushedAt = clock.instant();
    }
  }

  private Standing writeDown(Instant now) {
    writtenAt = now;
    return operations.checkpoint(
        call.person(),
        new Progress(call.operation(), attempt, prompt.text(), text.toString()),
        now.plus(Answer.lease()));
  }

  /** What a call used whose account never came: about four characters a token. */
  private TokenUse estimated() {
    int input = prompt.system().length();
    for (Prompt.Turn turn : prompt.turns()) {
      input += turn.text().length();
    }
    return new TokenUse(
        model.nameOf(prompt.model()),
        input / CHARACTERS_PER_TOKEN,
        text.length() / CHARACTERS_PER_TOKEN);
  }
}
