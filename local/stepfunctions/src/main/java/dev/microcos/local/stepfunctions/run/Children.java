package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** Executions that tasks of others began and wait for. */
interface Children {

  /** Gives what an execution has come to, once it has ended, as a task's result or failure. */
  CompletableFuture<JsonNode> end(String execution, boolean outputAsJson);

  /** Stops one that is no longer waited for. */
  void stop(String execution);
}
