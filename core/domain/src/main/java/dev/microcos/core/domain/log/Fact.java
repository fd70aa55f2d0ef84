package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.OperationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened, or that somebody asks to have happen. */
public sealed interface Fact permits UserFact, RunFact, Fact.Rejected {

  /** The operation that the fact is about, if it is about one. */
  default @Nullable OperationId operationId() {
    return null;
  }

  /** The name of its type, as it stands in envelopes. */
  String type();

  /** Whether it is something that a person asks for, and that counts against their limits. */
  default boolean fromPerson() {
    return false;
  }

  /**
   * Something was refused.
   *
   * @param refused the type of what was refused
   * @param quota the quota that was reached, if it was one
   * @param tokens what a refused answer cost all the same
   */
  record Rejected(
      RejectionCode code, String detail, String refused, @Nullable Quota quota, TokenUse tokens)
      implements Fact {

    /** The name of its type. */
    public static final String TYPE = "rejected";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * A quota that was reached.
   *
   * @param limit how much is allowed
   * @param current how much was used
   * @param resetAt when there is room again
   */
  record Quota(long limit, long current, Instant resetAt) {}

  /**
   * Tokens that a call of a model used.
   *
   * @param model the id of the model, empty if none was reached
   */
  record TokenUse(String model, int input, int output) {

    /** No model was reached. */
    public static final TokenUse NONE = new TokenUse("", 0, 0);

    /** All tokens together. */
    public int total() {
      return input + output;
    }
  }

  /** Why an answer ended. */
  enum StopReason {
    END_TURN,
    MAX_TOKENS,
    CANCELLED
  }

  /** Why something was refused. */
  enum RejectionCode {
    NOT_FOUND,
    INVALID,
    LIMIT,
    OPERATION_CLOSED,
    CONFLICT,
    INTERNAL
  }
}
