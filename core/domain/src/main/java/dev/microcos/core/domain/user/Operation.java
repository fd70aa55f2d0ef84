package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Row;
import java.time.Instant;

/**
 * A call of a model or a tool that is not over.
 *
 * @param request the request that began it
 * @param hops how many times the system had answered itself when it began
 * @param queued whether it waits for another one of its conversation
 * @param retried whether it was over once and is made again
 */
public record Operation(
    OperationId operationId,
    Kind kind,
    ConversationId conversationId,
    RequestId request,
    int hops,
    boolean queued,
    boolean retried,
    Instant startedAt)
    implements Row {

  /** What is called, and for what. */
  public enum Kind {
    NARRATE
  }

  @Override
  public String id() {
    return operationId.value();
  }

  Operation running() {
    return new Operation(
        operationId, kind, conversationId, request, hops, false, retried, startedAt);
  }
}
