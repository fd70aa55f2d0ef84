/** Tests of what the figures rest on: the statistics, and a client that does not look away. */
@NullMarked
package dev.microcos.bench;

import org.jspecify.annotations.NullMarked;
