package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every inbox keeps to. */
public abstract class InboxContract {

  /** Each test has ids of its own, since a queue does not take the same one twice. */
  private static final AtomicLong SEEDS = new AtomicLong(13);

  private final People people = new People(SEEDS.incrementAndGet());

  /** The inbox. */
  protected abstract Inbox inbox();

  /** The next envelopes as a reducer gets them, at least so many; they are gone by that. */
  protected abstract List<Envelope> receive(int atLeast) throws Exception;

  /** A person. */
  protected abstract Person newPerson();

  @Test
  void an_envelope_arrives_as_it_was_sent() throws Exception {
    Person person = new Person(newPerson().user(), 2);
    Envelope said = people.says(person, "hello “world” \t 🌍", People.NOON);
    inbox().send(said);
    assertThat(receive(1)).containsExactly(said);
    Envelope answered = people.answers(said, "well, hello", StopReason.END_TURN, People.NOON);
    inbox().send(answered);
    assertThat(receive(1)).containsExactly(answered);
  }

  @Test
  void the_envelopes_of_a_person_arrive_in_their_order() throws Exception {
    Person ana = newPerson();
    Person ben = newPerson();
    List<Envelope> hers = new ArrayList<>();
    List<Envelope> his = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      hers.add(people.adds(ana, "hers " + i, People.NOON));
      inbox().send(hers.getLast());
      his.add(people.adds(ben, "his " + i, People.NOON));
      inbox().send(his.getLast());
    }
    List<Envelope> received = receive(24);
    assertThat(received).filteredOn(each -> each.person().equals(ana)).isEqualTo(hers);
    assertThat(received).filteredOn(each -> each.person().equals(ben)).isEqualTo(his);
  }

  @Test
  void what_somebody_asks_for_again_after_they_were_erased_is_not_taken_for_the_same()
      throws Exception {
    Envelope said = people.says(newPerson(), "hello", People.NOON);
    Person later = new Person(said.person().user(), 2);
    Envelope again =
        new Envelope(
            said.id(),
            said.fact(),
            later,
            said.conversation(),
            said.request(),
            null,
            null,
            null,
            null,
            0,
            said.timestamp());
    inbox().send(said);
    inbox().send(again);
    assertThat(receive(2)).containsExactly(said, again);
  }

  @Test
  void what_is_sent_twice_is_not_lost() throws Exception {
    Envelope said = people.says(newPerson(), "hello", People.NOON);
    inbox().send(said);
    inbox().send(said);
    assertThat(receive(1)).isNotEmpty().allMatch(said::equals);
  }
}
