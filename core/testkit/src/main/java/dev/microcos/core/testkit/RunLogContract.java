package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every log of runs keeps to. */
public abstract class RunLogContract extends EventLogContract<RunState> {

  private final RunPeople runs = new RunPeople(7);

  /** For a log of runs. */
  protected RunLogContract() {
    super(RunAggregate.RUN);
  }

  /** A person of whom nothing is known. */
  protected abstract Person newPerson();

  @Override
  Subject newSubject() {
    return runs.run(newPerson());
  }

  @Override
  Envelope more(Subject subject, String what, Instant at) {
    return runs.begins((PersonRun) subject, what, at);
  }

  @Override
  Envelope first(Subject subject, String text, Instant at) {
    return runs.starts((PersonRun) subject, text, at);
  }

  @Override
  Object content(RunState state) {
    return Arrays.asList(
        state.seq(),
        state.committedAt(),
        state.begun(),
        state.status(),
        state.stateHash(),
        state.steps(),
        state.questions(),
        state.waits(),
        state.children(),
        state.spent());
  }

  @Test
  void a_run_of_somebody_else_is_as_if_it_were_not() {
    PersonRun hers = runs.run(newPerson());
    Envelope start = runs.starts(hers, "hers", People.NOON);
    Commit commit = new Commit(hers, List.of(new Event(1, People.NOON, start)), List.of());
    assertThat(log().append(commit)).isTrue();
    PersonRun his = new PersonRun(newPerson(), hers.run());
    assertThat(log().load(his).state().isThere()).isFalse();
    assertThat(log().after(his, 0, 10)).isEmpty();
    assertThat(log().find(his, start.id())).isEmpty();
    assertThat(log().load(hers).state().isThere()).isTrue();
  }
}
