package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Archive;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/** An archive in memory. */
public final class MemoryArchive implements Archive {

  private final Map<Person, SequencedMap<String, Message>> kept = new ConcurrentHashMap<>();

  @Override
  public synchronized void keep(Person person, List<Message> messages) {
    SequencedMap<String, Message> all = kept.computeIfAbsent(person, _ -> new LinkedHashMap<>());
    messages.forEach(message -> all.putIfAbsent(message.id(), message));
  }

  @Override
  public synchronized List<Message> before(Person person, long seq, int limit) {
    return kept.getOrDefault(person, new LinkedHashMap<>()).sequencedValues().reversed().stream()
        .filter(message -> message.seq() < seq)
        .limit(limit)
        .toList();
  }

  /** Deletes what is kept of a person; how many messages that was. */
  public synchronized int delete(Person person) {
    SequencedMap<String, Message> deleted = kept.remove(person);
    return deleted == null ? 0 : deleted.size();
  }
}
