package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.log.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something said in a conversation.
 *
 * @param id the id of the event that said it, or of the operation that answers
 * @param at when it was said, or begun
 * @param seq the place in the log of the event that it came with
 * @param attempt which attempt of the model wrote it; 0 for what a person said
 * @param failure why it failed; null if it did not, or if that was told before messages kept it
 */
public record Message(
    String id,
    Role role,
    String text,
    Status status,
    Instant at,
    long seq,
    ConversationId conversationId,
    int attempt,
    @Nullable Failure failure)
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

  /**
   * Why an answer failed.
   *
   * @param code what kind of failure, for programs
   * @param detail a sentence for people
   */
  public record Failure(String code, String detail) {}

  Message as(Status next) {
    return new Message(id, role, text, next, at, seq, conversationId, attempt, failure);
  }

  Message saying(String said, Status next, int by) {
    return new Message(id, role, said, next, at, seq, conversationId, by, null);
  }

  Message failed(String said, Failure why, int by) {
    return new Message(id, role, said, Status.FAILED, at, seq, conversationId, by, why);
  }
}
