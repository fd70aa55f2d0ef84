package dev.microcos.core.application;

import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.ModelCall.End;
import dev.microcos.core.application.ModelCall.Outcome;
import dev.microcos.core.application.port.Call;
import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.ModelFailure;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Operations.Claim;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.application.port.Prompt.Turn;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.user.Message.Role;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Has the model answer something that is not shown to anybody while it comes: a step of a run. An
 * answer that does not fit is repaired by one more call. However often it is asked for, a call is
 * made once; its account shows both answers' tokens.
 */
public final class Consult {

  private static final String UNFIT = "invalid_reply";

  private final Model model;
  private final Operations operations;
  private final InstantSource clock;
  private final Pace pace;

  public Consult(Model model, Operations operations, InstantSource clock, Pace pace) {
    this.model = model;
    this.operations = operations;
    this.clock = clock;
    this.pace = pace;
  }

  /** What came of it. */
  public sealed interface Reply {
    /** A text that fits. */
    record Given(String text, TokenUse tokens, long costMicros) implements Reply {}

    /**
     * No such text.
     *
     * @param code what kind of failure
     * @param detail what happened, without personal text
     * @param passing whether trying again may help
     */
    record Failed(String code, String detail, boolean passing, TokenUse tokens, long costMicros)
        implements Reply {}
  }

  /**
   * Asks.
   *
   * @param unfit says what is wrong with an answer, in words for the model; nothing if it fits
   */
  public Reply ask(Call call, Prompt prompt, Function<String, Optional<String>> unfit) {
    return switch (operations.claim(call, clock.instant(), Answer.lease())) {
      case Claim.Taken taken -> asked(call, taken.attempt(), prompt, unfit);
      case Claim.Held held ->
          new Reply.Failed("busy", "somebody else is at this call", true, TokenUse.NONE, 0);
      case Claim.Cancelled cancelled -> cancelled(TokenUse.NONE);
      case Claim.Done done -> given(call);
    };
  }

  /** The answer of before, whose report was lost. */
  private Reply given(Call call) {
    OperationRow row = operations.find(call.person(), call.operation()).orElseThrow();
    return row.status().equals(OperationRow.COMPLETE)
        ? new Reply.Given(row.text(), row.tokens(), row.costMicros())
        : new Reply.Failed(
            row.failure(), "the call failed before", false, row.tokens(), row.costMicros());
  }

  private Reply asked(
      Call call, int attempt, Prompt prompt, Function<String, Optional<String>> unfit) {
    ModelCall first = call(call, attempt, prompt);
    Outcome outcome = first.run();
    if (!(outcome.end() instanceof End.Answered answered)
        || answered.reason() == StopReason.CANCELLED) {
      return ended(call, first, outcome, outcome.tokens());
    }
    Optional<String> wrong = unfit.apply(outcome.text());
    if (wrong.isEmpty()) {
      return ended(call, first, outcome, outcome.tokens());
    }
    ModelCall second = call(call, attempt, repair(prompt, outcome.text(), wrong.get()));
    Outcome repaired = second.run();
    TokenUse both = sum(outcome.tokens(), repaired.tokens());
    Optional<String> still =
        repaired.end() instanceof End.Answered end && end.reason() != StopReason.CANCELLED
            ? unfit.apply(repaired.text())
            : Optional.empty();
    return still.isEmpty()
        ? ended(call, second, repaired, both)
        : failed(
            call,
            second,
            new ModelFailure(UNFIT, "the model's answer does not fit: " + still.get(), false),
            both);
  }

  private ModelCall call(Call call, int attempt, Prompt prompt) {
    return new ModelCall(call, attempt, prompt, model, operations, clock, pace, piece -> {});
  }

  private Reply ended(Call call, ModelCall made, Outcome outcome, TokenUse tokens) {
    return switch (outcome.end()) {
      case End.Answered answered when answered.reason() == StopReason.CANCELLED -> {
        operations.finish(call.person(), made.row(OperationRow.CANCELLED, "", tokens));
        yield cancelled(tokens);
      }
      case End.Answered answered when outcome.text().isBlank() ->
          failed(call, made, new ModelFailure("empty", "the model said nothing", true), tokens);
      case End.Answered answered -> {
        operations.finish(call.person(), made.row(OperationRow.COMPLETE, "", tokens));
        yield new Reply.Given(outcome.text(), tokens, Prices.micros(tokens));
      }
      case End.Failed failed -> failed(call, made, failed.failure(), tokens);
      case End.TakenOver takenOver ->
          new Reply.Failed("busy", "somebody else is at this call", true, tokens, 0);
    };
  }

  private Reply failed(Call call, ModelCall made, ModelFailure failure, TokenUse tokens) {
    operations.finish(call.person(), made.row(OperationRow.FAILED, failure.code(), tokens));
    return new Reply.Failed(
        failure.code(), failure.detail(), failure.isPassing(), tokens, Prices.micros(tokens));
  }

  private static Reply cancelled(TokenUse tokens) {
    return new Reply.Failed(
        "cancelled", "the call was stopped", false, tokens, Prices.micros(tokens));
  }

  private static Prompt repair(Prompt prompt, String answer, String wrong) {
    List<Turn> turns = new ArrayList<>(prompt.turns());
    turns.add(new Turn(Role.ASSISTANT, answer.isBlank() ? "(nothing)" : answer));
    turns.add(
        new Turn(
            Role.USER,
            "That does not fit: "
                + wrong
                + ". Answer again, with the whole JSON and nothing else."));
    return new Prompt(prompt.model(), prompt.system(), turns, prompt.maxTokens());
  }

  private static TokenUse sum(TokenUse one, TokenUse other) {
    return new TokenUse(
        other.model().isEmpty() ? one.model() : other.model(),
        one.input() + other.input(),
        one.output() + other.output());
  }
}
