package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.UserState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must hold of a person to whom nothing more happens. */
final class PersonVerdict {

  private PersonVerdict() {}

  static void on(Stores stores, Person person, List<Event> events) {
    UserState state = stores.log.load(person).state();
    oneAnswerATurn(events);
    everyTurnEnded(state);
    everyMessageIsKept(stores, state, events);
    schedulesAreSet(stores, state);
  }

  /** What is tried again has one answer more. */
  private static void oneAnswerATurn(List<Event> events) {
    Set<OperationId> answered = new HashSet<>();
    for (Event event : events) {
      if (event.fact() instanceof OperationRetried retried) {
        answered.remove(retried.operationId());
      }
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

  /** In the state or in the archive, and there as it was when it left. */
  private static void everyMessageIsKept(Stores stores, UserState state, List<Event> events) {
    Set<String> said = new TreeSet<>();
    for (Event event : events) {
      if (event.fact() instanceof UserMessage message) {
        said.add(event.envelope().id().value());
        said.add(String.valueOf(message.operationId()));
      }
    }
    Set<String> kept = new TreeSet<>();
    stores
        .archive
        .before(state.person(), Long.MAX_VALUE, Integer.MAX_VALUE)
        .forEach(message -> {
          assertThat(message.status()).as("%s", message).isNotEqualTo(Message.Status.STREAMING);
          assertThat(kept.add(message.id())).as("once in the archive: %s", message).isTrue();
        });
    state
        .messages()
        .forEach(
            message -> assertThat(kept.add(message.id())).as("in one place: %s", message).isTrue());
    assertThat(kept).as("all that was said").isEqualTo(said);
  }

  private static void schedulesAreSet(Stores stores, UserState state) {
    TreeMap<String, KeptSchedule> wanted = new TreeMap<>();
    state.schedules().stream()
        .filter(kept -> kept.schedule().enabled())
        .forEach(kept -> wanted.put(kept.id(), kept));
    assertThat(stores.timetable.of(state.person()))
        .as("the schedules that are set")
        .isEqualTo(List.copyOf(wanted.values()));
  }
}
