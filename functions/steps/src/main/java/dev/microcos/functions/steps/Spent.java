package dev.microcos.functions.steps;

import dev.microcos.core.domain.log.Fact.TokenUse;

/** A step failed after it had used tokens; the cause says what Step Functions is told. */
final class Spent extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final StepFailure failure;
  private final transient TokenUse tokens;
  private final long costMicros;

  Spent(StepFailure failure, TokenUse tokens, long costMicros) {
    super(failure);
    this.failure = failure;
    this.tokens = tokens;
    this.costMicros = costMicros;
  }

  StepFailure failure() {
    return failure;
  }

  TokenUse tokens() {
    return tokens;
  }

  long costMicros() {
    return costMicros;
  }
}
