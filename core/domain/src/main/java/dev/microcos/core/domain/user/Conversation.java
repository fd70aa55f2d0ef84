package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.OperationId;
import java.util.List;
import java.util.Optional;

/** Whose turn it is: in one conversation one answer is written at a time, the others wait. */
final class Conversation {

  private Conversation() {}

  /** The answers that are being written or wait in the conversation, oldest first. */
  static List<Operation> open(UserState state, ConversationId conversation) {
    return state.operations().stream()
        .filter(operation -> operation.conversationId().equals(conversation))
        .toList();
  }

  /** The answer that comes next, once {@code ended} is over; none if another one is written. */
  static Optional<Operation> next(UserState state, OperationId ended) {
    Operation operation = state.operations().get(ended.value());
    if (operation == null || operation.queued()) {
      return Optional.empty();
    }
    return open(state, operation.conversationId()).stream().filter(Operation::queued).findFirst();
  }
}
