package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Connections;
import dev.microcos.core.domain.id.Person;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Open sockets in memory. */
public final class MemoryConnections implements Connections {

  private final Map<Person, Map<String, Boolean>> sockets = new HashMap<>();

  @Override
  public synchronized void open(Person person, String connection, Instant now) {
    sockets.computeIfAbsent(person, _ -> new TreeMap<>()).put(connection, false);
  }

  @Override
  public synchronized void activate(Person person, String connection, Instant now) {
    Boolean _ = of(person).replace(connection, true);
  }

  @Override
  public synchronized void close(Person person, String connection) {
    Boolean _ = of(person).remove(connection);
  }

  @Override
  public synchronized List<String> active(Person person) {
    return of(person).entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, Boolean> of(Person person) {
    return sockets.getOrDefault(person, new TreeMap<>());
  }
}
