package dev.microcos.core.domain.user;

import dev.microcos.core.domain.user.Message.Status;
import java.time.Instant;
import java.util.List;

/**
 * Which messages leave the state. They leave in chunks, none while it is being written, and what
 * came with one event leaves together.
 */
final class Retention {

  private Retention() {}

  /** The ids of the messages that leave before one more is added; empty until there is a chunk. */
  static List<String> leaving(UserState state, Instant now, Policy policy) {
    int surplus = state.messages().size() - policy.keepMessages();
    Instant oldest = now.minus(policy.keepFor());
    List<Message> messages = state.messages().list();
    int count = 0;
    while (count < messages.size()
        && (count < surplus || messages.get(count).at().isBefore(oldest))
        && messages.get(count).status() != Status.STREAMING) {
      count++;
    }
    if (count > 0
        && count < messages.size()
        && messages.get(count).seq() == messages.get(count - 1).seq()) {
      count--;
    }
    return count < Policy.ARCHIVE_CHUNK
        ? List.of()
        : messages.subList(0, count).stream().map(Message::id).toList();
  }
}
