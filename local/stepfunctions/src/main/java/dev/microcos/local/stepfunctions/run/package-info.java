/**
 * The interpreter. {@link dev.microcos.local.stepfunctions.run.Course} is an execution's state: a
 * fold of its events and nothing else. {@link dev.microcos.local.stepfunctions.run.Interpreter}
 * looks at it and says what happens next, as events. {@link
 * dev.microcos.local.stepfunctions.run.Execution} has these written before it lets their effects
 * out: tasks, timers, news.
 */
@NullMarked
package dev.microcos.local.stepfunctions.run;

import org.jspecify.annotations.NullMarked;
