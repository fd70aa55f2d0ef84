/**
 * A run of a workflow: its steps, questions and waits, what is decided for an envelope and how each
 * fact changes the state.
 */
@NullMarked
package dev.microcos.core.domain.run;

import org.jspecify.annotations.NullMarked;
