/** The {@code microcos} command: starts the local cloud and talks to a running Micro CoS. */
@NullMarked
package dev.microcos.cli;

import org.jspecify.annotations.NullMarked;
