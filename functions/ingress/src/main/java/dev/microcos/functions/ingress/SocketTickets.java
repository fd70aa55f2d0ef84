package dev.microcos.functions.ingress;

import dev.microcos.core.application.port.Tickets;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Tickets that open one socket, once, within a minute. */
record SocketTickets(Host host, Tickets tickets) {

  private static final Duration GOOD_FOR = Duration.ofSeconds(60);

  /** A new one. */
  Issued issue(Person person) {
    Instant expires = host.clock().instant().plus(GOOD_FOR).truncatedTo(ChronoUnit.MILLIS);
    String ticket = tickets.issue(person, expires);
    return new Issued(ticket, host.require("SOCKETS_URL") + "?ticket=" + ticket, expires);
  }

  /**
   * A ticket.
   *
   * @param url of the socket that it opens
   */
  record Issued(String ticket, String url, Instant expiresAt) {}
}
