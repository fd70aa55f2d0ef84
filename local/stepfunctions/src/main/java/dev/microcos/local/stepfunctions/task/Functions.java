package dev.microcos.local.stepfunctions.task;

import com.fasterxml.jackson.databind.JsonNode;

/** Lambda, as far as tasks need it. */
@FunctionalInterface
public interface Functions {

  /**
   * Runs a function, by its name or ARN, and waits for it; the thread is interrupted when nobody
   * waits any more.
   *
   * @throws TaskFailure by Lambda's name of the error, or by that of what the function threw, with
   *     its description as JSON as the cause
   */
  JsonNode invoke(String function, JsonNode payload) throws TaskFailure;
}
