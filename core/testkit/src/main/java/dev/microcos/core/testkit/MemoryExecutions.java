package dev.microcos.core.testkit;

import dev.microcos.core.application.port.Executions;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executions that are written down and never go on by themselves. */
public final class MemoryExecutions implements Executions {

  private final Map<String, Execution> started = new LinkedHashMap<>();
  private final List<String> stopped = new ArrayList<>();
  private final Map<String, Document> succeeded = new LinkedHashMap<>();
  private final Map<String, Failure> failed = new LinkedHashMap<>();
  private Optional<String> refusal = Optional.empty();

  /** From now on nothing can be started. */
  public synchronized void refuse(String code) {
    refusal = Optional.of(code);
  }

  @Override
  public synchronized String start(Execution execution) {
    if (refusal.isPresent()) {
      throw new ExecutionRefused(refusal.get(), "it is not to be", new IllegalStateException());
    }
    String name = execution.run().executionName();
    started.putIfAbsent(name, execution);
    return "arn:aws:states:us-east-1:000000000000:execution:test:" + name;
  }

  @Override
  public synchronized void stop(PersonRun run, String workflow, String error, String cause) {
    stopped.add(run.executionName());
  }

  @Override
  public synchronized void succeed(String token, Document result) {
    if (!failed.containsKey(token)) {
      succeeded.putIfAbsent(token, result);
    }
  }

  @Override
  public synchronized void fail(String token, String error, String cause) {
    if (!succeeded.containsKey(token)) {
      failed.putIfAbsent(token, new Failure(error, cause));
    }
  }

  /** What was started, by name. */
  public synchronized Map<String, Execution> started() {
    return Map.copyOf(started);
  }

  /** The names of what was stopped, in order. */
  public synchronized List<String> stopped() {
    return List.copyOf(stopped);
  }

  /** The first result that each token was given. */
  public synchronized Map<String, Document> succeeded() {
    return Map.copyOf(succeeded);
  }

  /** What each token failed with that was given no result. */
  public synchronized Map<String, Failure> failed() {
    return Map.copyOf(failed);
  }

  /** What a token was told that was given no result. */
  public record Failure(String error, String cause) {}
}
