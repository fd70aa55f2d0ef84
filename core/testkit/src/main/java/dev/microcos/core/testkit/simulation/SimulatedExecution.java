package dev.microcos.core.testkit.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.port.Executions.Execution;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.testkit.simulation.Invocation.Task;
import dev.microcos.core.testkit.simulation.Program.Stage;
import dev.microcos.core.wire.DocumentJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An execution as Step Functions has it: it outlives every process and knows nothing of logs. */
final class SimulatedExecution {

  /** Where an execution stands, as AWS names it. */
  enum Status {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED
  }

  private static final int MOST_ATTEMPTS = 5;
  private static final Duration DEFAULT_ANSWER = Duration.ofSeconds(60);

  private final Execution asked;
  private final Program program;
  private final Invocations invocations;
  private final Random dice;
  private final InstantSource clock;
  private final Map<StepId, Document> resumed = new LinkedHashMap<>();
  private Status status = Status.RUNNING;
  private String error = "";
  private ObjectNode state;
  private int at;
  private int attempt;
  private int mostAttempts = MOST_ATTEMPTS;
  private boolean expired;
  private Instant entered = Instant.MIN;
  private Instant deadline = Instant.MAX;
  private @Nullable String token;

  SimulatedExecution(
      Execution asked, Program program, Invocations invocations, Random dice, InstantSource clock) {
    this.asked = asked;
    this.program = program;
    this.invocations = invocations;
    this.dice = dice;
    this.clock = clock;
    this.state = (ObjectNode) DocumentJson.tree(asked.started().begin());
    String step = asked.started().startStep();
    enter(step == null ? 0 : Program.place(step));
  }

  private void enter(int to) {
    at = to;
    token = null;
    deadline = Instant.MAX;
    if (at == program.stages().size()) {
      end(Status.SUCCEEDED, "");
      return;
    }
    if (stage(at) == Stage.DIE) {
      end(dice.nextBoolean() ? Status.FAILED : Status.TIMED_OUT, "States.Runtime");
      return;
    }
    entered = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    attempt = 1;
    mostAttempts = MOST_ATTEMPTS;
    expired = false;
    if (stage(at).waits()) {
      deadline = entered.plus(patience());
    }
    call(entered);
  }

  private Duration patience() {
    return switch (dice.nextInt(3)) {
      case 0 -> Duration.ofSeconds(30 + dice.nextInt(30));
      case 1 -> Duration.ofMinutes(5);
      default -> Duration.ofDays(2);
    };
  }

  private void call(Instant from) {
    token = stage(at).waits() ? "token " + Long.toHexString(dice.nextLong()) : null;
    invocations.add(
        new Task(this, at, entered, attempt, token, deadline, expired, state.toString()), from);
  }

  /** A task is done, and gives this. What is not waited for any more changes nothing. */
  void done(Task task, JsonNode after) {
    if (isAt(task) && !task.stage().waits()) {
      state = (ObjectNode) after;
      enter(at + 1);
    }
  }

  /** A task failed. */
  void failed(Task task, boolean retryable) {
    if (!isAt(task)) {
      return;
    }
    if (retryable && attempt < mostAttempts) {
      attempt++;
      call(clock.instant().plusSeconds(20L * attempt));
    } else {
      end(Status.FAILED, retryable ? "Retryable.internal" : "Permanent.refused");
    }
  }

  /** Who did a task died: Lambda alone, or the machine with the engine, which calls once more. */
  void died(Task task) {
    if (isAt(task) && dice.nextBoolean()) {
      invocations.add(task, clock.instant());
    } else {
      failed(task, true);
    }
  }

  /** Whether the execution is where the task left it. */
  boolean isAt(Task task) {
    return status == Status.RUNNING
        && at == task.at()
        && attempt == task.attempt()
        && expired == task.expired();
  }

  /** What waits with a token gets its result; whether anything does. */
  boolean succeed(String by, Document result) {
    if (!by.equals(token)) {
      return false;
    }
    resumed.put(step(), result);
    state.set(Program.name(at), DocumentJson.tree(result));
    enter(at + 1);
    return true;
  }

  /** What waits with a token fails; whether anything does. */
  boolean fail(String by, String how) {
    if (!by.equals(token)) {
      return false;
    }
    end(Status.FAILED, how);
    return true;
  }

  void stop() {
    if (status == Status.RUNNING) {
      end(Status.ABORTED, "");
    }
  }

  /** Time has gone by. */
  void look() {
    Instant now = clock.instant();
    if (status != Status.RUNNING || now.isBefore(deadline)) {
      return;
    }
    if (stage(at) == Stage.ASK_OR_DEFAULT && !expired) {
      expired = true;
      attempt++;
      mostAttempts = attempt + MOST_ATTEMPTS - 1;
      deadline = now.plus(DEFAULT_ANSWER);
      call(now);
    } else {
      end(Status.FAILED, "States.Timeout");
    }
  }

  private void end(Status how, String why) {
    status = how;
    error = why;
    token = null;
    deadline = Instant.MAX;
    entered = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    invocations.addEvent(new Invocation.Ended(this));
  }

  Stage stage(int place) {
    return program.stages().get(place);
  }

  /** The step that the execution is at. */
  StepId step() {
    return step(at, entered);
  }

  StepId step(int place, Instant when) {
    return StepId.of(arn(), Program.name(place), when.toString(), null);
  }

  String arn() {
    return StepFunctions.arn(asked.run().executionName());
  }

  Execution asked() {
    return asked;
  }

  Status status() {
    return status;
  }

  String error() {
    return error;
  }

  /** When the execution ended. */
  Instant stopped() {
    return entered;
  }

  /** What the execution waits with; null if it does not wait. */
  @Nullable String token() {
    return token;
  }

  /** The state between its states; its output at the end. */
  JsonNode state() {
    return state;
  }

  /** What it was given where it waited, step by step. */
  Map<StepId, Document> resumed() {
    return resumed;
  }
}
