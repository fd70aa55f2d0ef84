package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.testkit.simulation.SimulatedExecution.Status;

/** What must hold of somebody who was erased: nothing is left of them, and nothing goes on. */
final class ErasedVerdict {

  private ErasedVerdict() {}

  static void on(Stores stores, Person person) {
    assertThat(stores.log.subjects()).as("logs").doesNotContain(person);
    assertThat(stores.runLog.subjects())
        .as("logs of runs")
        .noneMatch(subject -> subject.person().equals(person));
    assertThat(stores.archive.before(person, Long.MAX_VALUE, 1)).as("the archive").isEmpty();
    assertThat(stores.operations.list(person, Integer.MAX_VALUE))
        .as("what models were told and said")
        .allMatch(row -> row.prompt().isEmpty() && row.text().isEmpty());
    assertThat(stores.timetable.of(person)).as("schedules").isEmpty();
    assertThat(stores.stepFunctions.all())
        .as("executions")
        .noneMatch(execution ->
            execution.asked().run().person().equals(person)
                && execution.status() == Status.RUNNING);
  }
}
