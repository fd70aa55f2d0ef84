package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.microcos.local.stepfunctions.definition.Definition;
import dev.microcos.local.stepfunctions.definition.State;
import dev.microcos.local.stepfunctions.definition.States;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.json.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An execution's state: the fold of its events. The same events always give the same state. */
final class Course {

  private final Function<String, Definition> definitions;
  private final Map<Integer, Branch> branches = new HashMap<>();
  private @Nullable Branch root;
  private @Nullable Definition definition;

  /** Branches that something happened to since they were last looked at. */
  final LinkedHashMap<Integer, Branch> touched = new LinkedHashMap<>();

  Event.@Nullable ExecutionStarted started;
  JsonNode input = NullNode.getInstance();
  Status status = Status.RUNNING;
  long lastId;
  long startMillis;

  /** When the execution's own timeout begins. */
  long fromMillis;

  long stopMillis;
  int redrives;
  long redriveMillis;
  int changes;
  @Nullable JsonNode output;
  @Nullable String error;
  @Nullable String cause;

  Course(Function<String, Definition> definitions) {
    this.definitions = definitions;
  }

  Branch root() {
    if (root == null) {
      throw new IllegalStateException("the execution has not started");
    }
    return root;
  }

  Event.ExecutionStarted started() {
    if (started == null) {
      throw new IllegalStateException("the execution has not started");
    }
    return started;
  }

  Definition definition() {
    if (definition == null) {
      throw new IllegalStateException("the execution has not started");
    }
    return definition;
  }

  Iterable<Branch> branches() {
    return branches.values();
  }

  @Nullable Branch branch(int id) {
    return branches.get(id);
  }

  int nextBranch() {
    return nextBranch;
  }

  private int nextBranch = 1;

  /** Takes in an event. */
  void apply(HistoryEvent history) {
    lastId = history.id();
    long id = history.id();
    long millis = history.millis();
    switch (history.event()) {
      case Event.ExecutionStarted e -> begin(e, millis);
      case Event.ExecutionSucceeded e -> {
        output = e.output();
        end(Status.SUCCEEDED, millis, null, null);
      }
      case Event.ExecutionFailed e -> end(Status.FAILED, millis, e.error(), e.cause());
      case Event.ExecutionAborted e -> end(Status.ABORTED, millis, e.error(), e.cause());
      case Event.ExecutionTimedOut _ -> end(Status.TIMED_OUT, millis, null, null);
      case Event.ExecutionRedriven e -> redrive(e, id, millis);
      default -> {
        Branch branch = branches.get(history.branch());
        if (branch == null) {
          throw new IllegalStateException("there is no branch " + history.branch());
        }
        touched.put(branch.id, branch);
        apply(branch, history.event(), history.previousEventId(), id, millis);
      }
    }
  }

  private void begin(Event.ExecutionStarted e, long millis) {
    started = e;
    input = Json.written(e.input());
    startMillis = millis;
    fromMillis = millis;
    changes = 1;
    definition = definitions.apply(e.definition());
    root = new Branch(0, null, 0, definition.states(), input, 0);
    branches.put(0, root);
    touched.put(0, root);
  }

  private void end(Status how, long millis, @Nullable String error, @Nullable String cause) {
    status = how;
    stopMillis = millis;
    this.error = error;
    this.cause = cause;
    changes++;
  }

  private void apply(Branch b, Event event, long previous, long id, long millis) {
    switch (event) {
      case Event.StateEntered e -> entered(b, e, previous, id, millis);
      case Event.StateExited e -> exited(b, e, id);
      case Event.StateAborted _ -> b.phase = Phase.ABORTED;
      case Event.EvaluationFailed e -> {
        b.last = id;
        fail(b, new Failure(e.error(), e.cause(), false, id, millis));
      }
      case Event.TaskScheduled e -> {
        countRetry(b);
        b.task = e;
        b.taskId = id;
        b.last = id;
        b.submitted = null;
        b.phase = Phase.SCHEDULED;
      }
      case Event.TaskStarted _ -> {
        b.last = id;
        b.startedMillis = millis;
        b.beatMillis = millis;
        b.phase = Phase.STARTED;
      }
      case Event.TaskSubmitted e -> {
        b.last = id;
        b.submitted = e.output();
        b.phase = Phase.SUBMITTED;
      }
      case Event.TaskSucceeded e -> {
        b.last = id;
        b.before = id;
        b.task = null;
        b.result = e.output();
        b.phase = Phase.RESULT;
      }
      case Event.TaskFailed e -> {
        b.last = id;
        b.task = null;
        fail(b, new Failure(e.error(), e.cause(), false, id, millis));
      }
      case Event.TaskTimedOut e -> {
        b.last = id;
        b.task = null;
        fail(b, new Failure(Failure.TIMEOUT, null, e.heartbeat(), id, millis));
      }
      case Event.ParallelStateStarted e -> {
        countRetry(b);
        b.last = id;
        b.fan = new Fan(null, id);
        List<States> states = ((State.Parallel) b.state()).branches();
        for (int i = 0; i < states.size(); i++) {
          child(b, e.firstBranch() + i, i, states.get(i), e.input(), id);
        }
        b.phase = Phase.FANNED;
      }
      case Event.MapStateStarted e -> {
        countRetry(b);
        b.last = id;
        b.fan = new Fan(e, id);
        b.phase = Phase.FANNED;
      }
      case Event.MapIterationStarted e ->
          child(b, e.iteration(), e.index(), ((State.Map) b.state()).processor(), e.input(), id);
      case Event.MapIterationSucceeded e -> {
        Branch child = b.fan().children.get(e.index());
        branches.remove(child.id);
        b.fan().running--;
        b.fan().lastFinished = id;
        b.fan().follows = child.last;
      }
      case Event.MapIterationFailed e -> iterationFailed(b, b.fan().children.get(e.index()), id);
      case Event.MapIterationAborted e -> b.fan().children.get(e.index()).phase = Phase.ABORTED;
      case Event.FanSucceeded _ -> {
        b.result = b.fan().result();
        b.last = b.fan().lastFinished;
        b.before = b.last;
        forget(b.fan());
        b.fan = null;
        b.phase = Phase.RESULT;
      }
      case Event.FanFailed _ -> {
        b.last = id;
        b.failure = b.failure().by(id);
        settle(b);
      }
      case Event.ExecutionStarted _,
          Event.ExecutionSucceeded _,
          Event.ExecutionFailed _,
          Event.ExecutionAborted _,
          Event.ExecutionTimedOut _,
          Event.ExecutionRedriven _ ->
          throw new IllegalStateException("not of a branch: " + event);
    }
  }

  private void entered(Branch b, Event.StateEntered e, long previous, long id, long millis) {
    b.state = b.states.state(e.name());
    b.input = e.input();
    b.enteredId = id;
    b.enteredMillis = millis;
    b.untilMillis = e.untilMillis();
    b.before = previous;
    b.last = id;
    b.next = null;
    b.retries = new int[Reaction.retriers(b.state()).size()];
    b.retryCount = 0;
    b.catching = false;
    b.result = null;
    b.failure = null;
    b.reaction = null;
    b.phase = Phase.ENTERED;
    if (b.state instanceof State.Fail) {
      lose(b, new Failure(e.error(), e.cause(), false, id, millis));
    }
  }

  private void exited(Branch b, Event.StateExited e, long id) {
    Map<String, JsonNode> assigned = e.assigned();
    if (assigned != null && !assigned.isEmpty()) {
      Map<String, JsonNode> variables = new HashMap<>(b.variables);
      variables.putAll(assigned);
      b.variables = Map.copyOf(variables);
    }
    if (b.fan != null) {
      forget(b.fan);
    }
    b.last = id;
    b.fan = null;
    b.result = null;
    b.failure = null;
    b.reaction = null;
    b.state = null;
    b.input = e.output();
    b.next = e.next();
    b.phase = Phase.READY;
    if (e.next() == null) {
      b.phase = Phase.ENDED;
      b.output = e.output();
      b.variables = Map.of();
      Branch parent = b.parent;
      if (parent != null && parent.state instanceof State.Parallel) {
        parent.fan().running--;
        parent.fan().lastFinished = id;
        branches.remove(b.id);
        touched.put(parent.id, parent);
      }
    }
  }

  private void child(Branch parent, int id, int index, States states, JsonNode input, long last) {
    Branch child = new Branch(id, parent, index, states, input, last);
    parent.fan().children.add(child);
    parent.fan().running++;
    branches.put(id, child);
    touched.put(id, child);
    nextBranch = Math.max(nextBranch, id + 1);
  }

  private void iterationFailed(Branch b, Branch child, long id) {
    Fan fan = b.fan();
    fan.running--;
    fan.failed++;
    fan.lastFinished = id;
    fan.follows = child.last;
    child.counted = true;
    if (!fan.tooManyFailed()) {
      child.phase = Phase.ENDED;
      branches.remove(child.id);
      return;
    }
    Failure failure = child.failure();
    child.culprit = true;
    fail(
        b,
        fan.tolerates()
            ? new Failure(
                Failure.THRESHOLD,
                "The specified tolerated failure threshold was exceeded",
                false,
                failure.event(),
                failure.millis())
            : failure);
  }

  /** Lets a state that failed react. */
  private void fail(Branch b, Failure failure) {
    State state = b.state();
    boolean again = b.catching;
    b.failure = failure;
    b.last = failure.event();
    b.before = failure.event();
    b.reaction =
        again
            ? new Reaction.Propagate()
            : Reaction.of(state, failure, b.retries, started().name().hashCode());
    if (!again && (state instanceof State.Parallel || state instanceof State.Map)) {
      b.phase = Phase.FAILING;
    } else {
      settle(b);
    }
    touched.put(b.id, b);
  }

  /** Turns to the reaction, after what a failed Parallel or Map leaves behind was given up. */
  void settle(Branch b) {
    switch (b.reaction) {
      case Reaction.Retry _ -> b.phase = Phase.RETRYING;
      case Reaction.Catch _ -> {
        b.catching = true;
        b.phase = Phase.CATCHING;
      }
      case Reaction.Propagate _ -> lose(b);
      case null -> throw new IllegalStateException("a failure without a reaction");
    }
  }

  private void lose(Branch b) {
    b.phase = Phase.LOST;
    Branch parent = b.parent;
    if (parent != null && parent.state instanceof State.Parallel && parent.phase == Phase.FANNED) {
      b.culprit = true;
      fail(parent, b.failure());
    }
  }

  /** A Fail state, or one whose failure no event tells of but the one that ends the execution. */
  void lose(Branch b, Failure failure) {
    b.failure = failure;
    b.reaction = new Reaction.Propagate();
    lose(b);
    touched.put(b.id, b);
  }

  private void countRetry(Branch b) {
    if (b.reaction instanceof Reaction.Retry(int retrier, long _)) {
      b.retries[retrier]++;
      b.retryCount++;
    }
    if (b.fan != null) {
      forget(b.fan);
    }
    b.fan = null;
    b.failure = null;
    b.reaction = null;
  }

  private void forget(Fan fan) {
    for (Branch child : fan.children) {
      branches.remove(child.id);
      if (child.fan != null) {
        forget(child.fan);
      }
    }
  }

  private void redrive(Event.ExecutionRedriven e, long id, long millis) {
    status = Status.RUNNING;
    redrives = e.redriveCount();
    redriveMillis = millis;
    fromMillis = millis;
    changes++;
    output = null;
    error = null;
    cause = null;
    Redrive.again(root(), id, branches);
    touched.putAll(branches);
  }
}
