package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.task.Integrations;
import dev.microcos.local.stepfunctions.task.Resource;
import dev.microcos.local.stepfunctions.task.TaskFailure;
import dev.microcos.local.stepfunctions.task.TaskRequest;
import dev.microcos.local.stepfunctions.task.TaskRequest.Pattern;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The tasks of an execution that are with their services. */
final class Work {

  private record UnderWay(long task, CompletableFuture<JsonNode> future) {}

  private final String arn;
  private final Integrations integrations;
  private final Children children;
  private final Execution execution;
  private final Map<Integer, UnderWay> underWay = new HashMap<>();

  Work(String arn, Integrations integrations, Children children, Execution execution) {
    this.arn = arn;
    this.integrations = integrations;
    this.children = children;
    this.execution = execution;
  }

  /** Begins what these events, now written, say has begun; drops what is no longer waited for. */
  void take(List<HistoryEvent> events, Round round) {
    for (HistoryEvent history : events) {
      if (history.event() instanceof Event.TaskStarted
          || history.event() instanceof Event.TaskSubmitted) {
        begin(round.course().branch(history.branch()));
      }
    }
    Iterator<Map.Entry<Integer, UnderWay>> all = underWay.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Integer, UnderWay> each = all.next();
      if (round.waiting(each.getKey(), each.getValue().task()) == null) {
        all.remove();
        boolean _ = each.getValue().future().cancel(true);
      }
    }
  }

  /** Begins again what was under way when the process died. */
  void resume(Course course) {
    course.branches().forEach(this::begin);
  }

  private void begin(@Nullable Branch b) {
    if (b == null || b.task == null || !b.isWanted()) {
      return;
    }
    Event.TaskScheduled task = b.task();
    Resource resource = Resource.of(task.resourceType(), task.resource());
    int branch = b.id;
    long taskId = b.taskId;
    if (b.phase == Phase.STARTED && !isUnderWay(branch, taskId)) {
      CompletableFuture<JsonNode> future =
          ask(
              new TaskRequest(
                  arn,
                  resource.type(),
                  resource.action(),
                  resource.pattern(),
                  task.parameters(),
                  arn + "#" + taskId));
      underWay.put(branch, new UnderWay(taskId, future));
      var _ = future.whenComplete((answer, failure) -> ended(branch, taskId, answer, failure));
    } else if (b.phase == Phase.SUBMITTED && resource.pattern() == Pattern.SYNC) {
      JsonNode submitted = b.submitted;
      String child = submitted == null ? "" : submitted.path("ExecutionArn").asText();
      CompletableFuture<JsonNode> end = children.end(child, resource.name().endsWith(":2"));
      underWay.put(branch, new UnderWay(taskId, end));
      var _ =
          end.whenComplete((output, failure) -> {
            if (end.isCancelled()) {
              children.stop(child);
            } else {
              childEnded(branch, taskId, output, failure);
            }
          });
    }
  }

  private boolean isUnderWay(int branch, long task) {
    UnderWay known = underWay.get(branch);
    return known != null && known.task() == task;
  }

  private CompletableFuture<JsonNode> ask(TaskRequest request) {
    try {
      return integrations.begin(request);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void ended(
      int branch, long task, @Nullable JsonNode answer, @Nullable Throwable failure) {
    var _ =
        execution.post(round -> {
          if (answer != null) {
            round.answered(branch, task, answer);
          } else {
            failed(round, branch, task, failure);
          }
          return true;
        });
  }

  private void childEnded(
      int branch, long task, @Nullable JsonNode output, @Nullable Throwable failure) {
    var _ =
        execution.post(round -> {
          if (output != null) {
            round.succeeded(branch, task, output);
          } else {
            failed(round, branch, task, failure);
          }
          return true;
        });
  }

  private static void failed(Round round, int branch, long task, @Nullable Throwable failure) {
    Throwable why =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (why instanceof TaskFailure known) {
      round.failed(branch, task, known.error(), known.text());
    } else {
      round.failed(branch, task, "States.TaskFailed", String.valueOf(why));
    }
  }
}
