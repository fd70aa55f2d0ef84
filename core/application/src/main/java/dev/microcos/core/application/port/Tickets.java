package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import java.time.Instant;
import java.util.Optional;

/** One-use tickets that open a socket, so that no token stands in an address. */
public interface Tickets {

  /** A new ticket for the person. */
  String issue(Person person, Instant expiresAt);

  /** Whose the ticket is; spent by this, and nobody's if it is unknown, spent or expired. */
  Optional<Person> spend(String ticket, Instant now);
}
