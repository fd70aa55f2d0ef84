/**
 * The use cases in a world of one thread, whose schedule follows from a seed: what comes when, who
 * comes between, which process dies at which call, what is down. The same seed is the same run.
 */
@NullMarked
package dev.microcos.core.testkit.simulation;

import org.jspecify.annotations.NullMarked;
