package dev.microcos.local.stepfunctions.run;

import dev.microcos.local.stepfunctions.expression.Expressions;
import dev.microcos.local.stepfunctions.history.Journal;
import dev.microcos.local.stepfunctions.machine.Machines;
import dev.microcos.local.stepfunctions.task.Integrations;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/** What executions need of the outside; {@code secrets} makes a secret of so many bytes. */
public record Surroundings(
    Journal journal,
    InstantSource clock,
    Timers timers,
    Executor executor,
    Integrations integrations,
    StatusListener listener,
    Machines machines,
    Expressions expressions,
    LongFunction<String> secrets,
    String region) {}
