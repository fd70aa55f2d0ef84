package dev.microcos.local.stepfunctions;

import dev.microcos.local.stepfunctions.api.StepFunctionsApi;
import dev.microcos.local.stepfunctions.expression.Expressions;
import dev.microcos.local.stepfunctions.history.Journal;
import dev.microcos.local.stepfunctions.machine.Machines;
import dev.microcos.local.stepfunctions.run.Executions;
import dev.microcos.local.stepfunctions.run.Surroundings;
import dev.microcos.local.stepfunctions.run.Timers;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Step Functions in this process: machines and executions over a journal. It may be used from many
 * threads; one engine at a time opens a journal.
 */
public final class Engine implements AutoCloseable {

  private final Timers timers;
  private final Machines machines;
  private final Executions executions;
  private final StepFunctionsApi api;

  private Engine(Timers timers, Machines machines, Executions executions) {
    this.timers = timers;
    this.machines = machines;
    this.executions = executions;
    this.api = new StepFunctionsApi(machines, executions);
  }

  /**
   * Opens an engine over what a journal has. Nothing goes on before {@link #start()}, so that
   * whatever carries out tasks can be made ready.
   */
  public static Engine open(Journal journal, EngineOptions options) {
    Timers timers = new Timers(options.clock());
    String prefix =
        "arn:aws:states:" + options.region() + ":" + options.account() + ":stateMachine:";
    Machines machines = new Machines(journal, options.clock(), prefix);
    Executions executions =
        new Executions(
            new Surroundings(
                journal,
                options.clock(),
                timers,
                options.executor(),
                options.integrations(),
                options.listener(),
                machines,
                new Expressions(options.clock(), new SecureRandom()),
                options.secrets(),
                options.region()));
    return new Engine(timers, machines, executions);
  }

  /** Goes on with every execution that had not ended, and tells the listener what it missed. */
  public Engine start() {
    executions.resume();
    return this;
  }

  /** The state machines. */
  public Machines machines() {
    return machines;
  }

  /** The executions. */
  public Executions executions() {
    return executions;
  }

  /** The API as AWS's clients speak it. */
  public StepFunctionsApi api() {
    return api;
  }

  /** When something is due next, for who moves a clock from one thing that happens to the next. */
  public Optional<Instant> nextAlarm() {
    OptionalLong next = timers.next();
    return next.isPresent()
        ? Optional.of(Instant.ofEpochMilli(next.getAsLong()))
        : Optional.empty();
  }

  /** Looks at the clock again, which somebody has moved. */
  public void clockMoved() {
    timers.clockMoved();
  }

  /** Lets nothing happen any more; all that runs goes on when the journal is opened again. */
  @Override
  public void close() {
    executions.close();
    timers.close();
  }
}
