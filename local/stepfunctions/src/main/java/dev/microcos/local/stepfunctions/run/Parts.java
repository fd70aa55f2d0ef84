package dev.microcos.local.stepfunctions.run;

import dev.microcos.local.stepfunctions.definition.Definition;
import dev.microcos.local.stepfunctions.expression.Expressions;
import dev.microcos.local.stepfunctions.history.Journal;
import dev.microcos.local.stepfunctions.task.Integrations;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * What executions share.
 *
 * @param definitions finds a definition by its key
 * @param heard whether anybody listens to status changes
 * @param secrets makes a secret of so many bytes, as text
 */
record Parts(
    Journal journal,
    InstantSource clock,
    Timers timers,
    Executor executor,
    Integrations integrations,
    Expressions expressions,
    Function<String, Definition> definitions,
    LongFunction<String> secrets,
    String region,
    boolean heard) {}
