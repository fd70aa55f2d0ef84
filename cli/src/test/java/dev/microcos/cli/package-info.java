/**
 * Tests of the command: against a stand-in server, as a process, and joined with the real cloud.
 */
@NullMarked
package dev.microcos.cli;

import org.jspecify.annotations.NullMarked;
