package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.log.Row;
import java.time.Instant;

/**
 * Something said in a conversation.
 *
 * @param id the id of the event that said it, or of the operation that answers
 * @param at when it was said, or begun
 * @param seq the place in the log of the event that it came with
 * @param attempt which attempt of the model wrote it; 0 for what a person said
 */
public record Message(
    String id,
    Role role,
    String text,
    Status status,
    Instant at,
    long seq,
    ConversationId conversationId,
    int attempt)
    implements Row {

  /** Who speaks. */
  public enum Role {
    USER,
    ASSISTANT
  }

  /** How far it is. */
  public enum Status {
    STREAMING,
    COMPLETE,
    FAILED,
    CANCELLED
  }

  Message as(Status next) {
    return new Message(id, role, text, next, at, seq, conversationId, attempt);
  }

  Message saying(String said, Status next, int by) {
    return new Message(id, role, said, next, at, seq, conversationId, by);
  }
}
