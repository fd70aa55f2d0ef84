package dev.microcos.local.stepfunctions.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state of a workflow. Components of type JsonNode are templates, whose strings may be
 * expressions; null is a field that the definition leaves out, {@code next} null is its End.
 */
public sealed interface State {

  /** Its name, unique in the whole machine. */
  String name();

  /** Its type as the definition and the history write it. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** Hands its input on, or makes another output of it. */
  record Pass(
      String name, @Nullable JsonNode output, @Nullable JsonNode assign, @Nullable String next)
      implements State {}

  /** Does one piece of work; timeout and heartbeat are seconds or expressions. */
  record Task(
      String name,
      String resource,
      @Nullable JsonNode arguments,
      @Nullable JsonNode output,
      @Nullable JsonNode assign,
      @Nullable JsonNode timeoutSeconds,
      @Nullable JsonNode heartbeatSeconds,
      List<Retrier> retry,
      List<Catcher> catches,
      @Nullable String next)
      implements State {}

  /** Goes on by the first rule that holds, else to the default, where output and assign apply. */
  record Choices(
      String name,
      List<Choice> choices,
      @Nullable String defaultNext,
      @Nullable JsonNode output,
      @Nullable JsonNode assign)
      implements State {
    @Override
    public String type() {
      return "Choice";
    }
  }

  /** Waits some seconds or until a time; exactly one of both is there. */
  record Wait(
      String name,
      @Nullable JsonNode seconds,
      @Nullable JsonNode timestamp,
      @Nullable JsonNode output,
      @Nullable JsonNode assign,
      @Nullable String next)
      implements State {}

  /** Ends its branch well. */
  record Succeed(String name, @Nullable JsonNode output) implements State {}

  /** Ends its branch with a failure; both are strings or expressions. */
  record Fail(String name, @Nullable JsonNode error, @Nullable JsonNode cause) implements State {}

  /** Does several branches at once, all with the same input. */
  record Parallel(
      String name,
      List<States> branches,
      @Nullable JsonNode arguments,
      @Nullable JsonNode output,
      @Nullable JsonNode assign,
      List<Retrier> retry,
      List<Catcher> catches,
      @Nullable String next)
      implements State {}

  /** Does the same states for each item; numbers may be expressions. */
  record Map(
      String name,
      States processor,
      @Nullable JsonNode items,
      @Nullable JsonNode itemSelector,
      @Nullable ItemBatcher batcher,
      @Nullable JsonNode maxConcurrency,
      @Nullable JsonNode toleratedFailureCount,
      @Nullable JsonNode toleratedFailurePercentage,
      @Nullable JsonNode output,
      @Nullable JsonNode assign,
      List<Retrier> retry,
      List<Catcher> catches,
      @Nullable String next)
      implements State {}
}
