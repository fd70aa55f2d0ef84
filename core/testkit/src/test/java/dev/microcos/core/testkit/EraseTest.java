package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.core.application.Erase;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.port.PersonalData;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.UserState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** A person who wants to be forgotten. */
class EraseTest {

  private static final Person ANA = People.person("ana");

  private final MemoryPeople people = new MemoryPeople();
  private final MemoryLog<UserState> log = MemoryLog.ofPeople();
  private final MemoryLog<RunState> runLog = new MemoryLog<>(RunAggregate.RUN);
  private final List<Person> deleted = new ArrayList<>();
  private final TestClock clock = new TestClock();

  @Test
  void what_an_erasure_left_behind_that_was_cut_off_goes_with_the_next_one() {
    PersonalData down =
        _ -> {
          throw new IllegalStateException("down");
        };
    assertThatThrownBy(() -> erase(down)).hasMessage("down");
    Erase.Receipt receipt = erase(this::delete);
    assertThat(deleted).containsExactly(ANA, new Person(ANA.user(), 2));
    assertThat(receipt.person()).isEqualTo(new Person(ANA.user(), 2));
    assertThat(receipt.gone()).containsExactly(Map.entry("log", 2));
  }

  private SequencedMap<String, Integer> delete(Person person) {
    deleted.add(person);
    return new LinkedHashMap<>(Map.of("log", 1));
  }

  private Erase.Receipt erase(PersonalData data) {
    return new Erase(
            people,
            data,
            log,
            new ReadRuns(log, runLog, (_, _, _) -> List.of(), clock),
            new MemoryExecutions(),
            new MemorySchedules(),
            clock)
        .erase(ANA.user());
  }
}
