package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.EventIds;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.State;
import dev.microcos.core.domain.user.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every log keeps to. */
public abstract class EventLogContract<S extends State> {

  private final Aggregate<S> rules;

  EventLogContract(Aggregate<S> rules) {
    this.rules = rules;
  }

  /** A log, whatever it holds of others. */
  protected abstract EventLog<S> log();

  /** Somebody of whom the log holds nothing. */
  abstract Subject newSubject();

  /** An envelope that is taken, whatever came before it. */
  abstract Envelope more(Subject subject, String what, Instant at);

  /** An envelope that has effects, with text that needs care. */
  abstract Envelope first(Subject subject, String text, Instant at);

  /** All that a state holds but its ring. */
  abstract Object content(S state);

  @Test
  void a_new_log_has_the_empty_state() {
    Subject subject = newSubject();
    assertThat(content(log().load(subject).state())).isEqualTo(content(rules.empty(subject)));
    assertThat(log().after(subject, 0, 10)).isEmpty();
  }

  @Test
  void what_is_appended_is_loaded() {
    Subject subject = newSubject();
    S state = append(rules.empty(subject), "buy milk", "call Ana");
    assertThat(content(log().load(subject).state())).isEqualTo(content(state));
    assertThat(log().load(subject).state().seq()).isEqualTo(2);
  }

  @Test
  void of_two_commits_for_one_place_the_first_stays() {
    Subject subject = newSubject();
    S empty = rules.empty(subject);
    Commit first = commit(empty, "first");
    Commit second = commit(empty, "second");
    assertThat(log().append(first)).isTrue();
    assertThat(log().append(second)).isFalse();
    assertThat(log().after(subject, 0, 10)).containsExactly(first);
  }

  @Test
  void a_commit_comes_back_with_all_that_it_held() {
    Subject subject = newSubject();
    Envelope said = first(subject, "hello “world” \u0001 🌍", People.NOON);
    Decision decision = rules.decide(rules.empty(subject), said, Policy.DEFAULT);
    Commit commit =
        new Commit(
            subject,
            List.of(new Event(1, People.NOON, decision.facts().getFirst())),
            decision.effects());
    assertThat(log().append(commit)).isTrue();
    assertThat(log().after(subject, 0, 1)).containsExactly(commit);
    assertThat(commit.effects()).isNotEmpty();
  }

  @Test
  void reading_goes_on_after_a_seq_even_inside_a_commit() {
    Subject subject = newSubject();
    S state = append(rules.empty(subject), "1", "2", "3");
    append(state, "4", "5");
    assertThat(log().after(subject, 2, 10)).extracting(Commit::firstSeq).containsExactly(1L, 4L);
    assertThat(log().after(subject, 3, 10)).extracting(Commit::firstSeq).containsExactly(4L);
    assertThat(log().after(subject, 0, 1)).extracting(Commit::firstSeq).containsExactly(1L);
    assertThat(log().after(subject, 5, 10)).isEmpty();
  }

  @Test
  void an_event_is_found_in_its_commit() {
    Subject subject = newSubject();
    S state = rules.empty(subject);
    List<EventId> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Commit commit = commit(state, "task " + i);
      assertThat(log().append(commit)).isTrue();
      ids.add(commit.events().getFirst().envelope().id());
      state = evolved(state, commit);
    }
    assertThat(log().find(subject, ids.getFirst()).orElseThrow().firstSeq()).isEqualTo(1);
    assertThat(log().find(subject, ids.get(58)).orElseThrow().firstSeq()).isEqualTo(59);
    assertThat(log().find(subject, EventId.create(People.NOON, new Random(99)))).isEmpty();
  }

  @Test
  void the_ids_of_a_log_are_there_since_a_time_and_after_a_seq() {
    Subject subject = newSubject();
    List<S> states = new ArrayList<>(List.of(rules.empty(subject)));
    for (int day = 1; day <= 3; day++) {
      Commit commit = day(states.getLast(), day);
      assertThat(log().append(commit)).isTrue();
      states.add(evolved(states.getLast(), commit));
    }
    Instant second = People.NOON.plus(Duration.ofDays(2));
    EventIds.Ids whole = log().idsOf(subject, 0, Instant.EPOCH);
    assertThat(whole.hashes()).hasSize(300).contains(hash(subject, 1), hash(subject, 300));
    assertThat(whole.upTo()).isEqualTo(300);
    EventIds.Ids ofTwoDays = log().idsOf(subject, 0, second);
    assertThat(ofTwoDays.hashes()).hasSize(200).contains(hash(subject, 101), hash(subject, 300));
    assertThat(ofTwoDays.since()).isEqualTo(second);
    assertThat(log().idsOf(subject, 200, second).hashes()).hasSize(100);
    assertThat(log().idsOf(subject, 300, second)).extracting(EventIds.Ids::upTo).isEqualTo(300L);
    assertThat(log().idsOf(newSubject(), 0, second).hashes()).isEmpty();
  }

  private long hash(Subject subject, long seq) {
    Event event = log().after(subject, seq - 1, 1).getFirst().events().get((int) (seq - 1) % 100);
    return IdKey.of(subject).hash(event.envelope().id());
  }

  @Test
  void a_load_over_a_snapshot_is_the_same_as_without() {
    Subject subject = newSubject();
    S state = rules.empty(subject);
    for (int i = 0; i < 150; i++) {
      Commit commit = commit(state, "task " + i);
      assertThat(log().append(commit)).isTrue();
      state = evolved(state, commit);
      if (i == 70) {
        log().keepSnapshot(state);
      }
    }
    Loaded<S> loaded = log().load(subject);
    assertThat(content(loaded.state())).isEqualTo(content(state));
    assertThat(loaded.commitsSinceSnapshot()).isEqualTo(79);
    EventId old = log().after(subject, 0, 1).getFirst().events().getFirst().envelope().id();
    assertThat(loaded.state().ring().contains(old)).isTrue();
  }

  @Test
  void a_past_state_is_the_same_whatever_became_of_its_checkpoints() {
    Subject subject = newSubject();
    List<S> states = new ArrayList<>(List.of(rules.empty(subject)));
    for (int day = 1; day <= 40; day++) {
      Commit commit = day(states.getLast(), day);
      assertThat(log().append(commit)).isTrue();
      states.add(evolved(states.getLast(), commit));
      log().keepSnapshot(states.getLast());
    }
    assertThat(content(log().load(subject).state())).isEqualTo(content(states.getLast()));
    for (S state : states) {
      assertThat(content(log().load(subject, state.seq()).state())).isEqualTo(content(state));
    }
    assertThat(log().load(subject, 1_234).state().seq()).isEqualTo(1_234);
  }

  /** What happens on a day: a hundred things at once. */
  private Commit day(S state, int day) {
    Instant at = People.NOON.plus(Duration.ofDays(day));
    List<Event> events = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      events.add(new Event(state.seq() + i, at, more(state.subject(), "task", at)));
    }
    return new Commit(state.subject(), events, List.of());
  }

  @Test
  void logs_do_not_see_each_other() {
    Subject ana = newSubject();
    Subject ben = newSubject();
    append(rules.empty(ana), "hers");
    append(rules.empty(ben), "his", "his too");
    assertThat(log().load(ana).state().seq()).isEqualTo(1);
    assertThat(log().load(ben).state().seq()).isEqualTo(2);
  }

  private S append(S state, String... titles) {
    Commit commit = commit(state, titles);
    assertThat(log().append(commit)).isTrue();
    return evolved(state, commit);
  }

  private Commit commit(S state, String... titles) {
    List<Event> events = new ArrayList<>();
    for (String title : titles) {
      long seq = state.seq() + events.size() + 1;
      Instant at = People.NOON.plus(Duration.ofSeconds(seq));
      events.add(new Event(seq, at, more(state.subject(), title, at)));
    }
    Instant at = events.getLast().committedAt();
    return new Commit(
        state.subject(),
        events.stream().map(event -> new Event(event.seq(), at, event.envelope())).toList(),
        List.of());
  }

  private S evolved(S state, Commit commit) {
    S evolved = state;
    for (Event event : commit.events()) {
      evolved = rules.evolve(evolved, event);
    }
    return evolved;
  }
}
