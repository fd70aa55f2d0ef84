package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.log.Fact.TokenUse;
import org.jspecify.annotations.Nullable;

/** What a handler made of a step. */
sealed interface Done {

  /**
   * It is done.
   *
   * @param result what goes into the state
   * @param costMicros what its tokens cost, in millionths of a US dollar
   * @param operation the call of a model that did it, if one did
   */
  record With(JsonNode result, TokenUse tokens, long costMicros, @Nullable OperationId operation)
      implements Done {

    /** Something that cost nothing. */
    static With result(JsonNode result) {
      return new With(result, TokenUse.NONE, 0, null);
    }
  }

  /** It is begun, and somebody else ends it by its token. */
  record Later() implements Done {}
}
