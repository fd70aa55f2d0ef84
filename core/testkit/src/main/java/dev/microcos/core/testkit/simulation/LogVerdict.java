package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.State;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.UserAggregate;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.testkit.MemoryLog;
import dev.microcos.core.wire.CommitJson;
import dev.microcos.core.wire.RunStateJson;
import dev.microcos.core.wire.RunView;
import dev.microcos.core.wire.StateJson;
import dev.microcos.core.wire.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What must hold of a log, whatever it is about. */
final class LogVerdict<S extends State> {

  /** Every so many events the state is kept, read and folded on. */
  private static final int CHECKPOINT = 16;

  private final Subject subject;
  private final Aggregate<S> aggregate;
  private final Form<S> form;
  private final List<Event> events = new ArrayList<>();
  private final Set<EventId> arrived;

  private LogVerdict(Stores stores, MemoryLog<S> log, Subject subject, Form<S> form) {
    this.subject = subject;
    this.aggregate = form.aggregate();
    this.form = form;
    this.arrived = stores.arrived.getOrDefault(subject, Set.of());
    for (Commit commit : log.after(subject, 0, Integer.MAX_VALUE)) {
      Commit read = CommitJson.read(CommitJson.write(commit), subject, commit.at());
      assertThat(read).as("a commit that was written and read").isEqualTo(commit);
      events.addAll(commit.events());
    }
    numbered();
    onceAndOfNobodyElse();
    foldsToTheSame(log.load(subject).state());
  }

  /** How a state is kept, and what stands for it. */
  private record Form<S extends State>(
      Aggregate<S> aggregate,
      Function<S, byte[]> write,
      Function<byte[], S> read,
      Function<S, String> hash) {}

  static LogVerdict<?> of(Stores stores, Subject subject) {
    return switch (subject) {
      case Person person -> {
        Form<UserState> form =
            new Form<>(
                UserAggregate.USER,
                StateJson::write,
                json -> StateJson.read(json, person),
                View::hash);
        yield new LogVerdict<>(stores, stores.log, person, form);
      }
      case PersonRun run -> {
        Form<RunState> form =
            new Form<>(
                RunAggregate.RUN,
                RunStateJson::write,
                json -> RunStateJson.read(json, run),
                state -> RunView.tree(state).path("hash").asText());
        yield new LogVerdict<>(stores, stores.runLog, run, form);
      }
    };
  }

  List<Event> events() {
    return events;
  }

  private void numbered() {
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).seq()).as("seq without a gap").isEqualTo(i + 1L);
      if (i > 0) {
        assertThat(events.get(i).committedAt())
            .as("commit times never decrease")
            .isAfterOrEqualTo(events.get(i - 1).committedAt());
      }
    }
  }

  private void onceAndOfNobodyElse() {
    Set<EventId> once = new HashSet<>();
    for (Event event : events) {
      assertThat(event.envelope().subject()).as("whose event it is").isEqualTo(subject);
      assertThat(once.add(event.envelope().id())).as("once: %s", event).isTrue();
    }
  }

  /** What was acknowledged is there. */
  void holds(List<Envelope> acknowledged) {
    Set<EventId> written = new HashSet<>();
    events.forEach(event -> written.add(event.envelope().id()));
    for (Envelope promised : acknowledged) {
      if (promised.subject().equals(subject)) {
        assertThat(written).as("what was acknowledged: %s", promised).contains(promised.id());
      }
    }
  }

  /** What came in is there, in the order in which it was first sent. */
  void inOrder() {
    List<EventId> written =
        events.stream().map(event -> event.envelope().id()).filter(arrived::contains).toList();
    assertThat(written).as("the order in which they were sent").isEqualTo(List.copyOf(arrived));
  }

  private void foldsToTheSame(S state) {
    S folded = aggregate.empty(subject);
    S kept = folded;
    for (Event event : events) {
      folded = aggregate.evolve(folded, event);
      kept = aggregate.evolve(kept, event);
      if (event.seq() % CHECKPOINT == 0) {
        kept = form.read().apply(form.write().apply(kept));
      }
    }
    assertThat(form.hash().apply(folded))
        .as("hash of the fold")
        .isEqualTo(form.hash().apply(state));
    assertThat(form.write().apply(folded))
        .as("the fold as it is kept")
        .isEqualTo(form.write().apply(state));
    assertThat(form.write().apply(kept))
        .as("the fold over checkpoints")
        .isEqualTo(form.write().apply(state));
  }
}
