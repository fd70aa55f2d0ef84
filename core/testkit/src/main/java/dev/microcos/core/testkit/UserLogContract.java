package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Loaded;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserRules;
import dev.microcos.core.domain.user.UserState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every log keeps to. */
public abstract class UserLogContract {

  private final People people = new People(7);

  /** A log, whatever it holds of other people. */
  protected abstract EventLog<UserState> log();

  /** A person of whom the log holds nothing. */
  protected abstract Person newPerson();

  @Test
  void a_new_person_has_the_empty_state() {
    Person person = newPerson();
    assertThat(rows(log().load(person).state())).isEqualTo(rows(UserState.empty(person)));
    assertThat(log().after(person, 0, 10)).isEmpty();
  }

  @Test
  void what_is_appended_is_loaded() {
    Person person = newPerson();
    UserState state = append(UserState.empty(person), "buy milk", "call Ana");
    assertThat(rows(log().load(person).state())).isEqualTo(rows(state));
    assertThat(log().load(person).state().seq()).isEqualTo(2);
  }

  @Test
  void of_two_commits_for_one_place_the_first_stays() {
    Person person = newPerson();
    UserState empty = UserState.empty(person);
    Commit first = commit(empty, "first");
    Commit second = commit(empty, "second");
    assertThat(log().append(first)).isTrue();
    assertThat(log().append(second)).isFalse();
    assertThat(log().after(person, 0, 10)).containsExactly(first);
  }

  @Test
  void a_commit_comes_back_with_all_that_it_held() {
    Person person = newPerson();
    Envelope said = people.says(person, "hello “world” \u0001 🌍", People.NOON);
    Decision decision = UserRules.decide(UserState.empty(person), said, Policy.DEFAULT);
    Commit commit =
        new Commit(
            person,
            List.of(new Event(1, People.NOON, decision.facts().getFirst())),
            decision.effects());
    assertThat(log().append(commit)).isTrue();
    assertThat(log().after(person, 0, 1)).containsExactly(commit);
    assertThat(commit.effects()).isNotEmpty();
  }

  @Test
  void reading_goes_on_after_a_seq_even_inside_a_commit() {
    Person person = newPerson();
    UserState state = append(UserState.empty(person), "1", "2", "3");
    append(state, "4", "5");
    assertThat(log().after(person, 2, 10)).extracting(Commit::firstSeq).containsExactly(1L, 4L);
    assertThat(log().after(person, 3, 10)).extracting(Commit::firstSeq).containsExactly(4L);
    assertThat(log().after(person, 0, 1)).extracting(Commit::firstSeq).containsExactly(1L);
    assertThat(log().after(person, 5, 10)).isEmpty();
  }

  @Test
  void an_event_is_found_in_its_commit() {
    Person person = newPerson();
    UserState state = UserState.empty(person);
    List<EventId> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Commit commit = commit(state, "task " + i);
      assertThat(log().append(commit)).isTrue();
      ids.add(commit.events().getFirst().envelope().id());
      state = evolved(state, commit);
    }
    assertThat(log().find(person, ids.getFirst()).orElseThrow().firstSeq()).isEqualTo(1);
    assertThat(log().find(person, ids.get(58)).orElseThrow().firstSeq()).isEqualTo(59);
    assertThat(log().find(person, EventId.create(People.NOON, new Random(99)))).isEmpty();
  }

  @Test
  void a_load_over_a_snapshot_is_the_same_as_without() {
    Person person = newPerson();
    UserState state = UserState.empty(person);
    for (int i = 0; i < 150; i++) {
      Commit commit = commit(state, "task " + i);
      assertThat(log().append(commit)).isTrue();
      state = evolved(state, commit);
      if (i == 70) {
        log().keepSnapshot(state);
      }
    }
    Loaded<UserState> loaded = log().load(person);
    assertThat(rows(loaded.state())).isEqualTo(rows(state));
    assertThat(loaded.commitsSinceSnapshot()).isEqualTo(79);
    EventId old = log().after(person, 0, 1).getFirst().events().getFirst().envelope().id();
    assertThat(loaded.state().ring().contains(old)).isTrue();
  }

  @Test
  void a_past_state_is_the_same_whatever_became_of_its_checkpoints() {
    Person person = newPerson();
    List<UserState> states = new ArrayList<>(List.of(UserState.empty(person)));
    for (int day = 1; day <= 40; day++) {
      Commit commit = day(states.getLast(), day);
      assertThat(log().append(commit)).isTrue();
      states.add(evolved(states.getLast(), commit));
      log().keepSnapshot(states.getLast());
    }
    assertThat(rows(log().load(person).state())).isEqualTo(rows(states.getLast()));
    for (UserState state : states) {
      assertThat(rows(log().load(person, state.seq()).state())).isEqualTo(rows(state));
    }
    assertThat(log().load(person, 1_234).state().seq()).isEqualTo(1_234);
  }

  /** What a person does on a day: a hundred things at once. */
  private Commit day(UserState state, int day) {
    Instant at = People.NOON.plus(Duration.ofDays(day));
    List<Event> events = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      events.add(new Event(state.seq() + i, at, people.adds(state.person(), "task", at)));
    }
    return new Commit(state.person(), events, List.of());
  }

  @Test
  void people_do_not_see_each_other() {
    Person ana = newPerson();
    Person ben = newPerson();
    append(UserState.empty(ana), "hers");
    append(UserState.empty(ben), "his", "his too");
    assertThat(log().load(ana).state().seq()).isEqualTo(1);
    assertThat(log().load(ben).state().seq()).isEqualTo(2);
  }

  private UserState append(UserState state, String... titles) {
    Commit commit = commit(state, titles);
    assertThat(log().append(commit)).isTrue();
    return evolved(state, commit);
  }

  private Commit commit(UserState state, String... titles) {
    List<Event> events = new ArrayList<>();
    for (String title : titles) {
      long seq = state.seq() + events.size() + 1;
      Instant at = People.NOON.plus(Duration.ofSeconds(seq));
      events.add(new Event(seq, at, people.adds(state.person(), title, at)));
    }
    Instant at = events.getLast().committedAt();
    return new Commit(
        state.person(),
        events.stream().map(event -> new Event(event.seq(), at, event.envelope())).toList(),
        List.of());
  }

  private static UserState evolved(UserState state, Commit commit) {
    UserState evolved = state;
    for (Event event : commit.events()) {
      evolved = UserEvolution.evolve(evolved, event);
    }
    return evolved;
  }

  private static List<Object> rows(UserState state) {
    return List.of(
        state.seq(),
        state.committedAt(),
        state.messages(),
        state.tasks(),
        state.operations(),
        state.usage(),
        state.minute(),
        state.preferences());
  }
}
