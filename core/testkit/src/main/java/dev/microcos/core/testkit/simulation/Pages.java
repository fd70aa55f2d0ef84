package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Push;
import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.State;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.UserState;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All open pages: each frame must be its person's own and lead from one state to the next. */
final class Pages {

  private final Map<OperationId, Person> owners = new HashMap<>();

  /** The way to the pages. */
  Push push() {
    Object push =
        Proxy.newProxyInstance(
            Push.class.getClassLoader(),
            new Class<?>[] {Push.class},
            (self, method, arguments) -> {
              return switch (method.getName()) {
                case "commit" -> {
                  commit(
                      (Person) arguments[0],
                      (UserState) arguments[1],
                      (UserState) arguments[2],
                      (List<?>) arguments[3]);
                  yield null;
                }
                case "tokens" -> tokens((Person) arguments[0]);
                default -> null;
              };
            });
    return (Push) push;
  }

  /** The way to the pages that watch runs. */
  RunPush runPush() {
    return new RunPush() {
      @Override
      public void commit(RunState from, RunState to, List<Event> events) {
        assertThat(to.subject()).isEqualTo(from.subject());
        follows(from, to, events, to.subject().person());
      }

      @Override
      public void sync(String connection, RunState from, RunState to, List<Event> events) {}
    };
  }

  private static void follows(State from, State to, List<?> events, Person person) {
    assertThat(to.seq() - from.seq()).isEqualTo(events.size());
    for (int i = 0; i < events.size(); i++) {
      Event event = (Event) events.get(i);
      assertThat(event.seq()).isEqualTo(from.seq() + 1 + i);
      assertThat(event.envelope().person()).isEqualTo(person);
    }
  }

  private void commit(Person person, UserState from, UserState to, List<?> events) {
    assertThat(from.person()).isEqualTo(person);
    assertThat(to.person()).isEqualTo(person);
    follows(from, to, events, person);
    for (Object each : events) {
      OperationId operation = ((Event) each).fact().operationId();
      if (operation != null) {
        owners.putIfAbsent(operation, person);
      }
    }
  }

  private Push.Tokens tokens(Person person) {
    return token -> {
      Person owner = owners.getOrDefault(token.operation(), person);
      assertThat(owner.user()).isEqualTo(person.user());
    };
  }
}
