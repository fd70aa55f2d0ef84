package dev.microcos.core.application;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What can be seen of logs of a kind. */
public final class Read<S extends State> {

  private static final int PAGE = 100;
  private static final int LONGEST_TAIL = 512;

  private final EventLog<S> log;
  private final Aggregate<S> aggregate;
  private final InstantSource clock;

  public Read(EventLog<S> log, Aggregate<S> aggregate, InstantSource clock) {
    this.log = log;
    this.aggregate = aggregate;
    this.clock = clock;
  }

  /** The newest state. */
  public S state(Subject subject) {
    return log.load(subject).state();
  }

  /**
   * What followed after {@code seq}: both states and the events between them. A reader who is too
   * far behind, or ahead, gets the newest state and, in place of the old one, the empty one.
   */
  public Tail<S> tail(Subject subject, long seq) {
    Loaded<S> loaded = log.load(subject);
    S newest = loaded.state();
    boolean near = seq > 0 && seq <= newest.seq() && newest.seq() - seq <= LONGEST_TAIL;
    if (!near) {
      return new Tail<>(aggregate.empty(subject), newest, List.of());
    }
    if (seq == newest.seq()) {
      return new Tail<>(newest, newest, List.of());
    }
    S from = at(subject, seq);
    S to = from;
    List<Event> events = events(subject, seq, LONGEST_TAIL);
    for (Event event : events) {
      to = aggregate.evolve(to, event);
    }
    return new Tail<>(from, to, events);
  }

  /** The state as it was when {@code seq} was its newest event; the newest if that is older. */
  public S at(Subject subject, long seq) {
    return log.load(subject, seq).state();
  }

  /** The events after {@code seq}, oldest first. */
  public List<Event> events(Subject subject, long seq, int limit) {
    List<Event> events = new ArrayList<>();
    long from = seq;
    while (events.size() < limit) {
      List<Commit> commits = log.after(subject, from, Math.min(PAGE, limit - events.size()));
      if (commits.isEmpty()) {
        break;
      }
      for (Commit commit : commits) {
        commit.events().stream().filter(event -> event.seq() > seq).forEach(events::add);
      }
      from = commits.getLast().lastSeq();
    }
    return events.size() > limit ? events.subList(0, limit) : events;
  }

  /** All events that a request caused, in their order. */
  public List<Event> causedBy(Subject subject, RequestId request) {
    List<Event> caused = new ArrayList<>();
    long from = 0;
    while (true) {
      List<Commit> commits = log.after(subject, from, PAGE);
      if (commits.isEmpty()) {
        return caused;
      }
      for (Commit commit : commits) {
        commit.events().stream()
            .filter(event -> event.envelope().request().equals(request))
            .forEach(caused::add);
      }
      from = commits.getLast().lastSeq();
    }
  }

  /** The event with this id; nothing if the log does not hold it yet. */
  public Optional<Event> find(Subject subject, EventId id) {
    return log.find(subject, id).stream()
        .flatMap(commit -> commit.events().stream())
        .filter(event -> event.envelope().id().equals(id))
        .findFirst();
  }

  /** Waits until the event is in the log, and gives it; nothing if it is not there in time. */
  public Optional<Event> committed(Subject subject, EventId id, Duration patience)
      throws InterruptedException {
    return await(patience, () -> find(subject, id));
  }

  /** Waits until the state is as wanted, and gives it; nothing if it is not so in time. */
  public Optional<S> awaits(Subject subject, Predicate<S> wanted, Duration patience)
      throws InterruptedException {
    return await(patience, () -> Optional.of(state(subject)).filter(wanted));
  }

  private <T> Optional<T> await(Duration patience, Supplier<Optional<T>> sought)
      throws InterruptedException {
    Instant deadline = clock.instant().plus(patience);
    for (long pause = 5; ; pause = Math.min(pause * 2, 200)) {
      Optional<T> found = sought.get();
      if (found.isPresent() || clock.instant().isAfter(deadline)) {
        return found;
      }
      Thread.sleep(pause);
    }
  }

  /**
   * A stretch of the log.
   *
   * @param from the state before it
   * @param to the state after it
   * @param events what lies between
   */
  public record Tail<S>(S from, S to, List<Event> events) {}
}
