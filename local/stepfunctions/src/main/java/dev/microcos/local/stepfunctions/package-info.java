/**
 * An engine for the Amazon States Language (JSONata, Standard workflows) that a JVM can embed: its
 * executions are folds of their histories, which are on disk before a step's effect shows.
 */
@NullMarked
package dev.microcos.local.stepfunctions;

import org.jspecify.annotations.NullMarked;
