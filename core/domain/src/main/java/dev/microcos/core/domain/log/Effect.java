package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.Digest;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;

/** What is to be done outside once a commit is written; kept with it, never computed again. */
public sealed interface Effect {

  /** Let the model answer; performed again only while the operation is open. */
  record StartAssistant(OperationId operationId, ConversationId conversationId) implements Effect {}

  /** Make the model stop. */
  record StopAssistant(OperationId operationId) implements Effect {}

  /** Put the messages that an event took out of the state into the archive. */
  record ArchiveMessages(EventId event) implements Effect {}

  /**
   * The id of an effect: {@code e} and 26 characters of base32; legal as the name of an execution
   * or a schedule and as a token of idempotency.
   *
   * @param partition the aggregate
   * @param seq the seq of the commit's first event
   * @param index the effect's place in the commit
   */
  static String id(String partition, long seq, int index) {
    return "e" + Digest.base32(partition, Long.toString(seq), Integer.toString(index));
  }
}
