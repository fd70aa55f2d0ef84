package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Tickets;
import dev.microcos.core.domain.id.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every box of tickets keeps to. */
public abstract class TicketsContract {

  private static final Instant NOW = People.NOON;
  private static final Instant IN_A_MINUTE = NOW.plusSeconds(60);

  /** The tickets. */
  protected abstract Tickets tickets();

  /** A person. */
  protected abstract Person newPerson();

  @Test
  void a_ticket_is_its_persons_once() {
    Person person = new Person(newPerson().user(), 3);
    String ticket = tickets().issue(person, IN_A_MINUTE);
    assertThat(tickets().spend(ticket, NOW)).contains(person);
    assertThat(tickets().spend(ticket, NOW)).isEmpty();
  }

  @Test
  void a_ticket_lasts_until_it_expires() {
    String first = tickets().issue(newPerson(), IN_A_MINUTE);
    String second = tickets().issue(newPerson(), IN_A_MINUTE);
    assertThat(tickets().spend(first, IN_A_MINUTE.minusSeconds(1))).isPresent();
    assertThat(tickets().spend(second, IN_A_MINUTE)).isEmpty();
  }

  @Test
  void what_is_no_ticket_is_nobodys() {
    String ticket = tickets().issue(newPerson(), IN_A_MINUTE);
    for (String wrong : List.of("", " ", "TICKET#", ticket + "x", "x".repeat(10_000), "🌍")) {
      assertThat(tickets().spend(wrong, NOW)).as(wrong).isEmpty();
    }
    assertThat(tickets().spend(ticket, NOW)).isPresent();
  }

  @Test
  void tickets_are_not_guessed_from_one_another() {
    Person person = newPerson();
    Set<String> issued = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      issued.add(tickets().issue(person, IN_A_MINUTE));
    }
    assertThat(issued)
        .hasSize(50)
        .allSatisfy(
            ticket -> assertThat(ticket).as("128 bits at least").matches("[A-Za-z0-9_-]{22,128}"));
  }

  @Test
  void of_many_that_spend_a_ticket_at_once_one_gets_in() throws Exception {
    String ticket = tickets().issue(newPerson(), IN_A_MINUTE);
    List<Future<Optional<Person>>> tries = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        tries.add(threads.submit(() -> tickets().spend(ticket, NOW)));
      }
    }
    int in = 0;
    for (Future<Optional<Person>> each : tries) {
      in += each.get().isPresent() ? 1 : 0;
    }
    assertThat(in).isEqualTo(1);
  }
}
