/** The work of Task states: what is handed to services, and what comes back. */
@NullMarked
package dev.microcos.local.stepfunctions.task;

import org.jspecify.annotations.NullMarked;
