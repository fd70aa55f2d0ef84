package dev.microcos.core.testkit.simulation;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.testkit.simulation.Program.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the function of the steps is called with. */
sealed interface Invocation {

  /**
   * A state of an execution is to be done.
   *
   * @param at the place of the state
   * @param entered when it was entered; with the place, the identity of the step
   * @param attempt from 1 on
   * @param token what the execution waits with, if it waits
   * @param expired whether it is a question again whose time is up
   * @param state the state before it
   */
  record Task(
      SimulatedExecution execution,
      int at,
      Instant entered,
      int attempt,
      @Nullable String token,
      Instant deadline,
      boolean expired,
      String state)
      implements Invocation {

    Stage stage() {
      return execution.stage(at);
    }
  }

  /** A call that Step Functions lost sight of speaks after all. */
  record Late(Task task) implements Invocation {}

  /** An execution has ended. */
  record Ended(SimulatedExecution execution) implements Invocation {}

  /** A schedule is due. */
  record Due(Person person, Schedule schedule, Instant due) implements Invocation {}
}
