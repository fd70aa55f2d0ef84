/** For tests: the ports in memory, what every implementation of a port must keep, and people. */
@NullMarked
package dev.microcos.core.testkit;

import org.jspecify.annotations.NullMarked;
