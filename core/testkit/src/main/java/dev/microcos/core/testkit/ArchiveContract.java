package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Archive;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.Message.Role;
import dev.microcos.core.domain.user.Message.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every archive keeps to. */
public abstract class ArchiveContract {

  /** The archive, whatever it holds of other people. */
  protected abstract Archive archive();

  /** A person of whom nothing is archived. */
  protected abstract Person newPerson();

  private static Message message(long seq, String text) {
    return new Message(
        String.format("evt_%08x-0000-7000-8000-000000000000", seq),
        Role.USER,
        text,
        Status.COMPLETE,
        People.NOON.plusSeconds(seq),
        seq,
        ConversationId.MAIN,
        0,
        null);
  }

  private static List<Message> messages(long from, long to) {
    List<Message> messages = new ArrayList<>();
    for (long seq = from; seq <= to; seq++) {
      messages.add(message(seq, "message “" + seq + "” 🌍"));
    }
    return messages;
  }

  private List<Message> all(Person person, int page) {
    List<Message> all = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (true) {
      List<Message> older = archive().before(person, before, page);
      if (older.isEmpty()) {
        return all;
      }
      all.addAll(older);
      before = older.getLast().seq();
    }
  }

  @Test
  void what_was_kept_is_read_newest_first() {
    Person person = newPerson();
    assertThat(all(person, 10)).isEmpty();
    archive().keep(person, messages(1, 60));
    archive().keep(person, messages(61, 200));
    assertThat(all(person, 10)).isEqualTo(messages(1, 200).reversed());
    assertThat(all(person, 1_000)).isEqualTo(messages(1, 200).reversed());
    assertThat(archive().before(person, 62, 10)).startsWith(messages(61, 61).getFirst());
  }

  @Test
  void keeping_again_changes_nothing() {
    Person person = newPerson();
    archive().keep(person, messages(1, 60));
    archive().keep(person, messages(1, 60));
    assertThat(all(person, 10)).isEqualTo(messages(1, 60).reversed());
  }

  @Test
  void long_messages_are_kept_whole() {
    Person person = newPerson();
    List<Message> many = new ArrayList<>();
    for (long seq = 1; seq <= 60; seq++) {
      many.add(message(seq, "ä".repeat(8_000) + seq));
    }
    archive().keep(person, many);
    assertThat(all(person, 7)).isEqualTo(many.reversed());
  }

  @Test
  void people_do_not_see_each_others_messages() {
    Person ana = newPerson();
    archive().keep(ana, messages(1, 3));
    assertThat(all(newPerson(), 10)).isEmpty();
  }
}
