package dev.microcos.local.stepfunctions.task;

import com.fasterxml.jackson.databind.JsonNode;

/** Other services of AWS, as far as they speak AWS's JSON protocols. */
@FunctionalInterface
public interface AwsCalls {

  /**
   * A service's answer.
   *
   * @param status HTTP
   * @param body the answer, or the error with {@code __type} and {@code message}
   */
  record AwsAnswer(int status, JsonNode body) {}

  /**
   * Calls an operation, as {@code SendMessage} of {@code sqs}, and waits for the answer.
   *
   * @throws TaskFailure if there is no such service here
   */
  AwsAnswer call(String service, String operation, JsonNode request) throws TaskFailure;
}
