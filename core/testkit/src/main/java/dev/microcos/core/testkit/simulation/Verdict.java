package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.CommitJson;
import dev.microcos.core.wire.StateJson;
import dev.microcos.core.wire.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of a world that has come to rest, whatever happened in it. */
final class Verdict {

  private Verdict() {}

  static void on(World world) {
    for (Client client : world.clients) {
      Person person = client.person();
      List<Event> events = events(world, person);
      UserState state = world.log.load(person).state();
      numbered(events);
      ofNobodyElse(person, events);
      nothingLostAndNothingTwice(client, events);
      if (!world.poisoned.contains(person)) {
        inOrder(List.copyOf(world.arrived.getOrDefault(person, Set.of())), events);
      }
      oneAnswerATurn(events);
      everyTurnEnded(state);
      foldsToTheSame(world, person, events, state);
    }
    assertThat(world.inbox.dead()).as("dead letters of the inbox").isEmpty();
    assertThat(world.jobs.dead()).as("dead jobs").isEmpty();
  }

  private static List<Event> events(World world, Person person) {
    List<Event> events = new ArrayList<>();
    for (Commit commit : world.log.after(person, 0, Integer.MAX_VALUE)) {
      Commit read = CommitJson.read(CommitJson.write(commit), person, commit.at());
      assertThat(read).as("a commit that was written and read").isEqualTo(commit);
      events.addAll(commit.events());
    }
    return events;
  }

  private static void numbered(List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).seq()).as("seq without a gap").isEqualTo(i + 1L);
      if (i > 0) {
        assertThat(events.get(i).committedAt())
            .as("commit times never decrease")
            .isAfterOrEqualTo(events.get(i - 1).committedAt());
      }
    }
  }

  private static void ofNobodyElse(Person person, List<Event> events) {
    for (Event event : events) {
      assertThat(event.envelope().person()).as("whose event it is").isEqualTo(person);
    }
  }

  private static void nothingLostAndNothingTwice(Client client, List<Event> events) {
    Set<EventId> once = new HashSet<>();
    for (Event event : events) {
      assertThat(once.add(event.envelope().id())).as("once: %s", event).isTrue();
    }
    assertThat(once).as("all that was acknowledged").containsAll(client.acknowledged());
  }

  private static void inOrder(List<EventId> arrived, List<Event> events) {
    Set<EventId> known = new HashSet<>(arrived);
    List<EventId> written =
        events.stream().map(event -> event.envelope().id()).filter(known::contains).toList();
    assertThat(written).as("the order in which they were sent").isEqualTo(arrived);
  }

  private static void oneAnswerATurn(List<Event> events) {
    Set<OperationId> answered = new HashSet<>();
    for (Event event : events) {
      if (event.fact() instanceof AssistantMessage answer && !answer.text().isEmpty()) {
        assertThat(answered.add(answer.operationId())).as("one answer: %s", event).isTrue();
      }
    }
  }

  private static void everyTurnEnded(UserState state) {
    assertThat(state.operations().list()).as("operations that are still open").isEmpty();
    assertThat(state.messages().list())
        .as("messages that are still written")
        .noneMatch(message -> message.status() == Message.Status.STREAMING);
  }

  private static void foldsToTheSame(
      World world, Person person, List<Event> events, UserState state) {
    UserState folded = UserState.empty(person);
    for (Event event : events) {
      folded = UserEvolution.evolve(folded, event);
    }
    assertThat(View.hash(folded)).as("hash of the log's fold").isEqualTo(View.hash(state));
    assertThat(StateJson.write(folded))
        .as("the fold as it is kept")
        .isEqualTo(StateJson.write(state));
    UserState read = StateJson.read(StateJson.write(state), person);
    assertThat(View.hash(read)).as("hash of what was kept").isEqualTo(View.hash(state));
    assertThat(world.log.load(person, state.seq()).state().seq()).isEqualTo(state.seq());
  }
}
