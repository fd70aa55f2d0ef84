package dev.microcos.local.stepfunctions.task;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A task to carry out.
 *
 * @param execution the ARN of its execution
 * @param service as {@code lambda}, {@code sqs}, {@code aws-sdk:dynamodb}; {@code function} where
 *     the resource is a function's ARN
 * @param action as {@code invoke}; the function's ARN where the service is {@code function}
 * @param pattern when the task is done
 * @param arguments evaluated
 * @param key the same each time that this attempt is begun, to tell a repetition by
 */
public record TaskRequest(
    String execution,
    String service,
    String action,
    Pattern pattern,
    JsonNode arguments,
    String key) {

  /** When a task is done. */
  public enum Pattern {
    /** With the service's answer. */
    RESPONSE,
    /** When somebody answers its token. */
    TOKEN,
    /** When the execution or job that it began has ended. */
    SYNC
  }
}
