package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import java.util.List;

/** Which open sockets watch which runs. */
public interface Watching {

  /** The socket's page wants to be shown the run. Nothing happens if the socket is gone. */
  void watch(Person person, String connection, RunId run);

  /** The socket's page wants to be shown the run no more. */
  void unwatch(Person person, String connection, RunId run);

  /** The active sockets that watch the run, as they are at this moment. */
  List<String> watching(Person person, RunId run);
}
