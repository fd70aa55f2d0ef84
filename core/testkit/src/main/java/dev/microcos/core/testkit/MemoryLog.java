package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.application.port.UserLog;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Logs in memory. */
public final class MemoryLog implements UserLog {

  private final Map<Person, NavigableMap<Long, Commit>> logs = new ConcurrentHashMap<>();
  private final Map<Person, UserState> snapshots = new ConcurrentHashMap<>();

  @Override
  public synchronized Loaded load(Person person, long seq) {
    UserState state = snapshots.getOrDefault(person, UserState.empty(person));
    if (state.seq() > seq) {
      state = UserState.empty(person);
    }
    int commits = 0;
    for (Commit commit : log(person).tailMap(state.seq() + 1).values()) {
      commits++;
      for (Event event : commit.events()) {
        if (event.seq() <= seq) {
          state = UserEvolution.evolve(state, event);
        }
      }
    }
    return new Loaded(state, commits);
  }

  @Override
  public synchronized boolean append(Commit commit) {
    return log(commit.person()).putIfAbsent(commit.firstSeq(), commit) == null;
  }

  @Override
  public synchronized List<Commit> after(Person person, long seq, int limit) {
    return log(person).values().stream()
        .filter(commit -> commit.lastSeq() > seq)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Commit> find(Person person, EventId event) {
    return log(person).values().stream()
        .filter(
            commit -> commit.events().stream().anyMatch(each -> each.envelope().id().equals(event)))
        .findFirst();
  }

  @Override
  public synchronized void keepSnapshot(UserState state) {
    snapshots.put(state.person(), state);
  }

  private NavigableMap<Long, Commit> log(Person person) {
    return logs.computeIfAbsent(person, _ -> new TreeMap<>());
  }
}
