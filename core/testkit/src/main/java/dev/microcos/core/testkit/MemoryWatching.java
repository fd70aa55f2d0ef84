package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Watching;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Who watches, in memory. */
public final class MemoryWatching implements Watching {

  private final Map<PersonRun, Set<String>> sockets = new ConcurrentHashMap<>();

  @Override
  public void watch(Person person, String connection, RunId run) {
    of(person, run).add(connection);
  }

  @Override
  public void unwatch(Person person, String connection, RunId run) {
    of(person, run).remove(connection);
  }

  @Override
  public List<String> watching(Person person, RunId run) {
    return List.copyOf(of(person, run));
  }

  private Set<String> of(Person person, RunId run) {
    return sockets.computeIfAbsent(new PersonRun(person, run), _ -> new ConcurrentSkipListSet<>());
  }
}
