package dev.microcos.core.application;

import dev.microcos.core.application.port.Archive;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.UserState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was said, newest first: first what the state still holds, then the archive. */
public final class History {

  private static final int CHUNK = 100;

  private final EventLog<UserState> log;
  private final Archive archive;

  public History(EventLog<UserState> log, Archive archive) {
    this.log = log;
    this.archive = archive;
  }

  /**
   * Messages with a seq below {@code before}.
   *
   * @param conversation only of this one, if given
   * @param limit how many; one more if the last two came with the same event
   */
  public Page page(Person person, long before, Optional<ConversationId> conversation, int limit) {
    Map<String, Message> found = new LinkedHashMap<>();
    for (Message message : log.load(person).state().messages().list().reversed()) {
      if (isWanted(message, before, conversation)) {
        found.put(message.id(), message);
      }
    }
    long below = before;
    while (found.size() <= limit + 1) {
      List<Message> older = archive.before(person, below, CHUNK);
      if (older.isEmpty()) {
        break;
      }
      for (Message message : older) {
        if (isWanted(message, before, conversation)) {
          found.putIfAbsent(message.id(), message);
        }
      }
      below = older.getLast().seq();
    }
    List<Message> messages = new ArrayList<>(found.values());
    int end = endOfPage(messages, limit);
    return new Page(messages.subList(0, end), end < messages.size());
  }

  private static boolean isWanted(
      Message message, long before, Optional<ConversationId> conversation) {
    return message.seq() < before
        && (conversation.isEmpty() || message.conversationId().equals(conversation.get()));
  }

  /** What came with one event stays on one page. */
  private static int endOfPage(List<Message> messages, int limit) {
    int end = Math.min(limit, messages.size());
    while (end > 0
        && end < messages.size()
        && messages.get(end).seq() == messages.get(end - 1).seq()) {
      end++;
    }
    return end;
  }

  /**
   * Some of what was said.
   *
   * @param messages newest first
   * @param more whether there are older ones
   */
  public record Page(List<Message> messages, boolean more) {}
}
