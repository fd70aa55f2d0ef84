import dev.microcos.bench.workflows.Procedure;
import dev.microcos.bench.workflows.WorkflowEngine;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Temporal's test server and a worker in this process; it keeps everything in memory. */
public final class TemporalTestServer implements WorkflowEngine {

  private static final String QUEUE = "bench";

  @WorkflowInterface
  public interface Steps {
    @WorkflowMethod
    int run();
  }

  @WorkflowInterface
  public interface Branches {
    @WorkflowMethod
    int run();
  }

  @ActivityInterface
  public interface Tasks {
    int nothing(int number);

    int work(int number);
  }

  public static final class TasksDone implements Tasks {
    @Override
    public int nothing(int number) {
      return number + 1;
    }

    @Override
    public int work(int number) {
      try {
        Thread.sleep(WORK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return number + 1;
    }
  }

  private static Tasks tasks() {
    return Workflow.newActivityStub(
        Tasks.class,
        ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(5)).build());
  }

  public static final class StepsRun implements Steps {
    @Override
    public int run() {
      Tasks tasks = tasks();
      int number = 0;
      for (int i = 0; i < STEPS; i++) {
        number = tasks.nothing(number);
      }
      return number;
    }
  }

  public static final class BranchesRun implements Branches {
    @Override
    public int run() {
      Tasks tasks = tasks();
      List<Promise<Integer>> all = new ArrayList<>();
      for (int i = 0; i < BRANCHES; i++) {
        all.add(Async.function(tasks::work, i));
      }
      Promise.allOf(all).get();
      return all.size();
    }
  }

  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());
  private final WorkflowClient client = environment.getWorkflowClient();

  private TemporalTestServer() {
    Worker worker = environment.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(StepsRun.class, BranchesRun.class);
    worker.registerActivitiesImplementations(new TasksDone());
    environment.start();
  }

  public static void main(String[] arguments) throws Exception {
    try (WorkflowEngine engine = new TemporalTestServer()) {
      Procedure.run("temporal", engine, List.of(arguments).contains("--quick"));
    }
    System.exit(0);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId(id).build();
  }

  @Override
  public CompletableFuture<Integer> steps(String id) {
    return WorkflowClient.execute(client.newWorkflowStub(Steps.class, options(id))::run);
  }

  @Override
  public CompletableFuture<Integer> branches(String id) {
    return WorkflowClient.execute(client.newWorkflowStub(Branches.class, options(id))::run);
  }

  @Override
  public void close() {
    environment.close();
  }
}
