package dev.microcos.bench.workflows;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** An engine that runs the two workflows of this bench; its own ids must be new each time. */
public interface WorkflowEngine extends AutoCloseable {

  /** How many steps the first workflow has, one after the other, each a task that does nothing. */
  int STEPS = 20;

  /** How many branches the second one has, side by side, each a task of {@link #WORK_MILLIS}. */
  int BRANCHES = 10;

  /** How long a task of the second one takes. */
  int WORK_MILLIS = 100;

  /** Starts the first workflow; the future has its result, which is {@link #STEPS}. */
  CompletableFuture<Integer> steps(String id);

  /** Starts the second workflow; the future has the number of its branches that are done. */
  CompletableFuture<Integer> branches(String id);

  @Override
  void close() throws IOException;
}
