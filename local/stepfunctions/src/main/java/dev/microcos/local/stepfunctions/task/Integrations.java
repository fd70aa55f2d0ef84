package dev.microcos.local.stepfunctions.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** Carries out the tasks of executions. Called from many threads at once. */
@FunctionalInterface
public interface Integrations {

  /**
   * Begins a task and returns at once. The future gives the service's answer as AWS's history has
   * it; one that fails with {@link TaskFailure} fails the task by that name and cause, with
   * anything else by States.TaskFailed. The engine cancels the future of a task that it no longer
   * waits for. A task that was under way when the process died is begun again.
   */
  CompletableFuture<JsonNode> begin(TaskRequest request);
}
