package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Executions;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.Document;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** All executions: one a name, however often it is started. */
final class StepFunctions implements Executions {

  private final Map<String, SimulatedExecution> executions = new LinkedHashMap<>();
  private final Map<String, Document> given = new HashMap<>();
  private final Invocations invocations;
  private final Random dice;
  private final InstantSource clock;

  StepFunctions(Invocations invocations, Random dice, InstantSource clock) {
    this.invocations = invocations;
    this.dice = dice;
    this.clock = clock;
  }

  static String arn(String name) {
    return "arn:aws:states:us-east-1:000000000000:execution:simulated:" + name;
  }

  @Override
  public String start(Execution execution) {
    Program program = Program.BY_NAME.get(execution.started().workflow());
    if (program == null) {
      throw new ExecutionRefused(
          "StateMachineDoesNotExist", "there is none", new IllegalArgumentException());
    }
    String name = execution.run().executionName();
    if (!executions.containsKey(name)) {
      executions.put(name, new SimulatedExecution(execution, program, invocations, dice, clock));
    }
    return arn(name);
  }

  @Override
  public void stop(PersonRun run, String workflow, String error, String cause) {
    SimulatedExecution execution = executions.get(run.executionName());
    if (execution != null) {
      execution.stop();
    }
  }

  @Override
  public void succeed(String token, Document result) {
    Document before = given.putIfAbsent(token, result);
    assertThat(before == null ? result : before)
        .as("what a token is given again")
        .isEqualTo(result);
    for (SimulatedExecution execution : executions.values()) {
      if (execution.succeed(token, result)) {
        return;
      }
    }
  }

  @Override
  public void fail(String token, String error, String cause) {
    for (SimulatedExecution execution : executions.values()) {
      if (execution.fail(token, error)) {
        return;
      }
    }
  }

  /** Time has gone by. */
  void look() {
    List.copyOf(executions.values()).forEach(SimulatedExecution::look);
  }

  Collection<SimulatedExecution> all() {
    return executions.values();
  }

  /** The execution of a run; null if it never began. */
  @Nullable SimulatedExecution of(PersonRun run) {
    return executions.get(run.executionName());
  }
}
