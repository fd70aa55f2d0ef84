package dev.microcos.core.application;

import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.application.port.UserLog;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a person can see of their log. */
public final class Read {

  private static final int PAGE = 100;
  private static final int LONGEST_TAIL = 512;

  private final UserLog log;
  private final InstantSource clock;

  public Read(UserLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /** The newest state. */
  public UserState state(Person person) {
    return log.load(person).state();
  }

  /**
   * What followed after {@code seq}: both states and the events between them. A reader who is too
   * far behind, or ahead, gets the newest state and, in place of the old one, the empty one.
   */
  public Tail tail(Person person, long seq) {
    Loaded loaded = log.load(person);
    UserState newest = loaded.state();
    boolean near = seq > 0 && seq <= newest.seq() && newest.seq() - seq <= LONGEST_TAIL;
    if (!near) {
      return new Tail(UserState.empty(person), newest, List.of());
    }
    if (seq == newest.seq()) {
      return new Tail(newest, newest, List.of());
    }
    UserState from = at(person, seq);
    UserState to = from;
    List<Event> events = events(person, seq, LONGEST_TAIL);
    for (Event event : events) {
      to = UserEvolution.evolve(to, event);
    }
    return new Tail(from, to, events);
  }

  /** The state as it was when {@code seq} was its newest event; the newest if that is older. */
  public UserState at(Person person, long seq) {
    return log.load(person, seq).state();
  }

  /** The events after {@code seq}, oldest first. */
  public List<Event> events(Person person, long seq, int limit) {
    List<Event> events = new ArrayList<>();
    long from = seq;
    while (events.size() < limit) {
      List<Commit> commits = log.after(person, from, Math.min(PAGE, limit - events.size()));
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
  public List<Event> causedBy(Person person, RequestId request) {
    List<Event> caused = new ArrayList<>();
    long from = 0;
    while (true) {
      List<Commit> commits = log.after(person, from, PAGE);
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

  /** Waits until the event is in the log, and gives it; nothing if it is not there in time. */
  public Optional<Event> committed(Person person, EventId id, Duration patience)
      throws InterruptedException {
    return await(
        patience,
        () ->
            log.find(person, id).stream()
                .flatMap(commit -> commit.events().stream())
                .filter(event -> event.envelope().id().equals(id))
                .findFirst());
  }

  /** Whether the person has this call, or gets it in time: it may be on its way into the log. */
  public boolean knows(Person person, OperationId operation, Duration patience)
      throws InterruptedException {
    String id = operation.value();
    return await(
            patience,
            () ->
                Optional.of(state(person))
                    .filter(
                        state -> state.operations().contains(id) || state.messages().contains(id)))
        .isPresent();
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
  public record Tail(UserState from, UserState to, List<Event> events) {}
}
