/** Microbenchmarks of the core, run by {@code bench/jmh}. */
@NullMarked
package dev.microcos.bench.jmh;

import org.jspecify.annotations.NullMarked;
