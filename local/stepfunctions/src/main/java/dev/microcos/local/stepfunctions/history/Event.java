package dev.microcos.local.stepfunctions.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in the terms of AWS's history. Components marked "ours" are no part of AWS's; they
 * hold what is needed to go on after a restart.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "@")
@JsonSubTypes({
  @JsonSubTypes.Type(Event.ExecutionStarted.class),
  @JsonSubTypes.Type(Event.ExecutionSucceeded.class),
  @JsonSubTypes.Type(Event.ExecutionFailed.class),
  @JsonSubTypes.Type(Event.ExecutionAborted.class),
  @JsonSubTypes.Type(Event.ExecutionTimedOut.class),
  @JsonSubTypes.Type(Event.ExecutionRedriven.class),
  @JsonSubTypes.Type(Event.StateEntered.class),
  @JsonSubTypes.Type(Event.StateExited.class),
  @JsonSubTypes.Type(Event.StateAborted.class),
  @JsonSubTypes.Type(Event.EvaluationFailed.class),
  @JsonSubTypes.Type(Event.TaskScheduled.class),
  @JsonSubTypes.Type(Event.TaskStarted.class),
  @JsonSubTypes.Type(Event.TaskSubmitted.class),
  @JsonSubTypes.Type(Event.TaskSucceeded.class),
  @JsonSubTypes.Type(Event.TaskFailed.class),
  @JsonSubTypes.Type(Event.TaskTimedOut.class),
  @JsonSubTypes.Type(Event.ParallelStateStarted.class),
  @JsonSubTypes.Type(Event.MapStateStarted.class),
  @JsonSubTypes.Type(Event.MapIterationStarted.class),
  @JsonSubTypes.Type(Event.MapIterationSucceeded.class),
  @JsonSubTypes.Type(Event.MapIterationFailed.class),
  @JsonSubTypes.Type(Event.MapIterationAborted.class),
  @JsonSubTypes.Type(Event.FanSucceeded.class),
  @JsonSubTypes.Type(Event.FanFailed.class)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Event {

  /**
   * The first, with the input's text as it was given. Ours: the machine, the name, the definition's
   * key, and the task that began it, if one did.
   */
  record ExecutionStarted(
      String input,
      String roleArn,
      String stateMachineArn,
      String name,
      String definition,
      @Nullable String begunBy)
      implements Event {}

  /** The execution has come to its end with this output. */
  record ExecutionSucceeded(JsonNode output) implements Event {}

  /** A state failed and nothing caught it. */
  record ExecutionFailed(@Nullable String error, @Nullable String cause) implements Event {}

  /** Somebody stopped it. */
  record ExecutionAborted(@Nullable String error, @Nullable String cause) implements Event {}

  /** The machine's TimeoutSeconds passed. */
  record ExecutionTimedOut() implements Event {}

  /** Somebody had it go on from where it had ended without success. */
  record ExecutionRedriven(int redriveCount) implements Event {}

  /** Ours: until when a Wait waits, and how a Fail fails. */
  record StateEntered(
      String kind,
      String name,
      JsonNode input,
      @Nullable Long untilMillis,
      @Nullable String error,
      @Nullable String cause)
      implements Event {}

  /** Ours: the next state, none at the end of its branch. */
  record StateExited(
      String kind,
      String name,
      JsonNode output,
      @Nullable Map<String, JsonNode> assigned,
      @Nullable String next)
      implements Event {}

  /** A state was given up since another branch failed. */
  record StateAborted(String kind) implements Event {}

  /** An expression or what it gave was of no use; {@code location} is the field. */
  record EvaluationFailed(String state, String error, String cause, @Nullable String location)
      implements Event {}

  /**
   * Ours: the token that answers it. A task whose resource is a function's ARN has the type {@code
   * function}, and AWS tells it as LambdaFunctionScheduled.
   */
  record TaskScheduled(
      String resourceType,
      String resource,
      String region,
      JsonNode parameters,
      @Nullable Long timeoutSeconds,
      @Nullable Long heartbeatSeconds,
      String token)
      implements Event {

    /** The type of a task whose resource is a function's ARN. */
    public static final String FUNCTION = "function";
  }

  /** The task is being given to its service. */
  record TaskStarted(String resourceType, String resource) implements Event {}

  /** The service took it; its end comes by token or by itself. */
  record TaskSubmitted(String resourceType, String resource, JsonNode output) implements Event {}

  /** The task is done. */
  record TaskSucceeded(String resourceType, String resource, JsonNode output) implements Event {}

  /** The task failed. */
  record TaskFailed(
      String resourceType, String resource, @Nullable String error, @Nullable String cause)
      implements Event {}

  /** The task took too long; ours: whether it was the heartbeat that was missing. */
  record TaskTimedOut(String resourceType, String resource, boolean heartbeat) implements Event {}

  /** Ours: the branches' input, and the number of the first of them. */
  record ParallelStateStarted(JsonNode input, int firstBranch) implements Event {}

  /** Ours: all but the number of items. */
  record MapStateStarted(
      List<JsonNode> items,
      int maxConcurrency,
      @Nullable Integer toleratedFailureCount,
      @Nullable Double toleratedFailurePercentage)
      implements Event {}

  /** Ours: the iteration's input and branch. */
  record MapIterationStarted(String name, int index, JsonNode input, int iteration)
      implements Event {}

  /** An item is done. */
  record MapIterationSucceeded(String name, int index) implements Event {}

  /** An item failed. */
  record MapIterationFailed(String name, int index) implements Event {}

  /** An item was given up since another failed. */
  record MapIterationAborted(String name, int index) implements Event {}

  /** All branches or items of a Parallel or Map state are done. */
  record FanSucceeded(String kind) implements Event {}

  /** A Parallel or Map state failed and is not tried again. */
  record FanFailed(String kind) implements Event {}
}
