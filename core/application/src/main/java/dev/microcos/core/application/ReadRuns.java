package dev.microcos.core.application;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Runs;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.run.Projection;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunEvolution;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.domain.user.UserState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person can see of their runs. A run of somebody else is none. */
public final class ReadRuns {

  private static final int CHUNK = 50;

  private final EventLog<UserState> people;
  private final Runs runs;
  private final Read<RunState> read;
  private final InstantSource clock;

  public ReadRuns(
      EventLog<UserState> people, EventLog<RunState> log, Runs runs, InstantSource clock) {
    this.people = people;
    this.runs = runs;
    this.read = new Read<>(log, RunAggregate.RUN, clock);
    this.clock = clock;
  }

  /** The reading of the logs of runs, for whoever waits for something in one. */
  public Read<RunState> read() {
    return read;
  }

  /**
   * The run as it is now, what nobody has answered in time expired; nothing if the person has no
   * such run.
   */
  public Optional<RunState> find(Person person, RunId run) {
    return Optional.of(read.state(new PersonRun(person, run)))
        .filter(RunState::isThere)
        .map(state -> RunEvolution.asOf(state, clock.instant()));
  }

  /**
   * The run as it was when {@code seq} was its newest event, the newest if that is older; nothing
   * if it was not there yet.
   */
  public Optional<RunState> at(Person person, RunId run, long seq) {
    return Optional.of(read.at(new PersonRun(person, run), seq)).filter(RunState::isThere);
  }

  /** The run's events after {@code seq}, oldest first. */
  public List<Event> events(Person person, RunId run, long seq, int limit) {
    return read.events(new PersonRun(person, run), seq, limit);
  }

  /** What followed in the run after {@code seq}, or everything; nothing if there is no such run. */
  public Optional<Read.Tail<RunState>> tail(Person person, RunId run, long seq) {
    return Optional.of(read.tail(new PersonRun(person, run), seq))
        .filter(tail -> tail.to().isThere());
  }

  /** The question of a run, if there is one. */
  public Optional<Question> question(Person person, RunId run, InputId input) {
    return find(person, run).map(state -> state.questions().get(input.value()));
  }

  /**
   * The person's runs, newest first: those that their state lists, then those that only the runs'
   * own logs still know.
   *
   * @param status only those that are so far, if given
   * @param workflow only those of this workflow, if given
   * @param before only those that were begun before this one, if given
   * @param limit how many at most
   */
  public Page list(
      Person person,
      Optional<RunStatus> status,
      Optional<String> workflow,
      Optional<RunId> before,
      int limit) {
    List<RunBrief> listed = people.load(person).state().runs().list().reversed();
    List<RunBrief> found = new ArrayList<>();
    boolean reached = before.isEmpty();
    RunId last = before.orElse(null);
    for (RunBrief run : listed) {
      if (reached && isWanted(run, status, workflow)) {
        found.add(run);
      }
      last = reached ? run.runId() : last;
      reached = reached || run.runId().equals(before.orElse(null));
    }
    if (found.size() <= limit) {
      older(person, last, limit, found, listed, status, workflow);
    }
    boolean more = found.size() > limit;
    return new Page(more ? found.subList(0, limit) : found, more);
  }

  private void older(
      Person person,
      @Nullable RunId last,
      int limit,
      List<RunBrief> found,
      List<RunBrief> listed,
      Optional<RunStatus> status,
      Optional<String> workflow) {
    RunId before = last;
    while (found.size() <= limit) {
      List<RunId> names = runs.of(person, before, CHUNK);
      if (names.isEmpty()) {
        return;
      }
      for (RunId name : names) {
        if (listed.stream().noneMatch(each -> each.runId().equals(name))) {
          find(person, name)
              .map(ReadRuns::brief)
              .filter(run -> isWanted(run, status, workflow))
              .ifPresent(found::add);
        }
      }
      before = names.getLast();
    }
  }

  private static boolean isWanted(
      RunBrief run, Optional<RunStatus> status, Optional<String> workflow) {
    return (status.isEmpty() || status.get() == run.status())
        && (workflow.isEmpty() || workflow.get().equals(run.workflow()));
  }

  private static RunBrief brief(RunState state) {
    RunUpdated known = Projection.of(state);
    return new RunBrief(
        known.runId(),
        known.runSeq(),
        known.workflow(),
        known.title(),
        known.status(),
        known.startedAt(),
        known.endedAt(),
        known.error());
  }

  /**
   * Some of a person's runs.
   *
   * @param runs newest first
   * @param more whether there are older ones
   */
  public record Page(List<RunBrief> runs, boolean more) {}
}
