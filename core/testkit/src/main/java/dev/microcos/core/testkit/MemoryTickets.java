package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Tickets;
import dev.microcos.core.domain.id.Person;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Tickets in memory; the same ones at every run, so for tests only. */
public final class MemoryTickets implements Tickets {

  private final Map<String, Issued> issued = new HashMap<>();
  private final Random random = new Random(5);

  private record Issued(Person person, Instant expiresAt) {}

  @Override
  public synchronized String issue(Person person, Instant expiresAt) {
    String ticket = new UUID(random.nextLong(), random.nextLong()).toString();
    issued.put(ticket, new Issued(person, expiresAt));
    return ticket;
  }

  @Override
  public synchronized Optional<Person> spend(String ticket, Instant now) {
    return Optional.ofNullable(issued.remove(ticket))
        .filter(spent -> now.isBefore(spent.expiresAt()))
        .map(Issued::person);
  }
}
