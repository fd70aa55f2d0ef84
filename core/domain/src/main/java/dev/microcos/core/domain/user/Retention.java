package dev.microcos.core.domain.user;

import dev.microcos.core.domain.user.Message.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which messages leave the state. They leave in chunks, and none while it is being written. */
final class Retention {

  private Retention() {}

  /** The ids of the messages that leave before one more is added; empty until there is a chunk. */
  static List<String> leaving(UserState state, Instant now, Policy policy) {
    int surplus = state.messages().size() - policy.keepMessages();
    Instant oldest = now.minus(policy.keepFor());
    List<String> leaving = new ArrayList<>();
    for (Message message : state.messages()) {
      boolean leaves = leaving.size() < surplus || message.at().isBefore(oldest);
      if (!leaves || message.status() == Status.STREAMING) {
        break;
      }
      leaving.add(message.id());
    }
    return leaving.size() >= Policy.ARCHIVE_CHUNK ? leaving : List.of();
  }
}
