package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.Executions.Execution;
import dev.microcos.core.application.port.Executions.ExecutionRefused;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import org.junit.jupiter.api.Test;

/** What everything keeps to that has executions of runs. */
public abstract class ExecutionsContract {

  private static final Document FIRST = new Document("{\"a\":1}");
  private static final Document SECOND = new Document("{\"a\":2}");

  private final RunPeople runs = new RunPeople(23);

  /** Executions that wait with a token, and end with what they are given by it. */
  protected abstract Executions executions();

  /** Executions of which there can be none: no workflow has a state machine. */
  protected abstract Executions none();

  /** Somebody who has no runs yet. */
  protected abstract Person newPerson();

  /** The token that the run's execution waits with, once it does. */
  protected abstract String token(PersonRun run);

  /** How the run's execution ended, once it has. */
  protected abstract Outcome outcome(PersonRun run);

  /** How many executions of the run there are. */
  protected abstract int count(PersonRun run);

  /**
   * An end.
   *
   * @param status {@code SUCCEEDED}, {@code FAILED} or {@code ABORTED}
   * @param said the output, or the name of the error
   */
  public record Outcome(String status, String said) {}

  private String start(PersonRun run) {
    Envelope envelope = runs.starts(run, "a run", People.NOON);
    return executions()
        .start(new Execution(run, (RunStarted) envelope.fact(), envelope.request(), 1));
  }

  private PersonRun newRun() {
    return runs.run(newPerson());
  }

  private static String workflow() {
    return "approval";
  }

  @Test
  void a_run_has_one_execution_however_often_it_is_started() {
    PersonRun run = newRun();
    String arn = start(run);
    String token = token(run);
    assertThat(start(run)).isEqualTo(arn);
    executions().succeed(token, FIRST);
    assertThat(outcome(run)).isEqualTo(new Outcome("SUCCEEDED", FIRST.json()));
    assertThat(start(run)).isEqualTo(arn);
    assertThat(outcome(run)).isEqualTo(new Outcome("SUCCEEDED", FIRST.json()));
    assertThat(count(run)).isEqualTo(1);
  }

  @Test
  void what_waits_goes_on_with_the_first_result_that_it_is_given() {
    PersonRun run = newRun();
    String _ = start(run);
    String token = token(run);
    executions().succeed(token, FIRST);
    executions().succeed(token, SECOND);
    executions().fail(token, "Too.Late", "somebody was first");
    assertThat(outcome(run)).isEqualTo(new Outcome("SUCCEEDED", FIRST.json()));
  }

  @Test
  void what_waits_can_fail() {
    PersonRun run = newRun();
    String _ = start(run);
    String token = token(run);
    executions().fail(token, "Run.Failed", "for “reasons” 🌍");
    executions().succeed(token, FIRST);
    assertThat(outcome(run)).isEqualTo(new Outcome("FAILED", "Run.Failed"));
  }

  @Test
  void what_is_stopped_takes_nothing_any_more() {
    PersonRun run = newRun();
    String _ = start(run);
    String token = token(run);
    executions().stop(run, workflow(), "Run.Cancelled", "cancelled by Ana");
    executions().stop(run, workflow(), "Run.Cancelled", "cancelled by Ana");
    executions().succeed(token, FIRST);
    assertThat(outcome(run).status()).isEqualTo("ABORTED");
  }

  @Test
  void what_never_was_can_be_stopped_and_answered_without_harm() {
    executions().stop(newRun(), workflow(), "Run.Cancelled", "cancelled by Ana");
    executions().succeed("nobody waits with this", FIRST);
    executions().fail("nobody waits with this", "No.Error", "");
  }

  @Test
  void what_can_never_start_is_refused() {
    PersonRun run = newRun();
    Envelope envelope = runs.starts(run, "a run", People.NOON);
    Execution execution = new Execution(run, (RunStarted) envelope.fact(), envelope.request(), 1);
    assertThatExceptionOfType(ExecutionRefused.class)
        .isThrownBy(() -> none().start(execution))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("StateMachineDoesNotExist"));
  }

  @Test
  void who_was_erased_and_begins_anew_has_other_executions() {
    PersonRun run = newRun();
    PersonRun later = run.of(new Person(run.person().user(), 2));
    assertThat(start(later)).isNotEqualTo(start(run));
    executions().succeed(token(later), SECOND);
    assertThat(outcome(later)).isEqualTo(new Outcome("SUCCEEDED", SECOND.json()));
    executions().succeed(token(run), FIRST);
    assertThat(outcome(run)).isEqualTo(new Outcome("SUCCEEDED", FIRST.json()));
  }
}
