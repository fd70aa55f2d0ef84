package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import java.time.Instant;
import java.util.List;

/** The open sockets of each person. */
public interface Connections {

  /** A socket has opened; nothing is sent to it before it is active. */
  void open(Person person, String connection, Instant now);

  /** The socket's page has asked for its first frame. */
  void activate(Person person, String connection, Instant now);

  /** The socket is gone. */
  void close(Person person, String connection);

  /** The active sockets, as they are at this moment. */
  List<String> active(Person person);
}
