/**
 * A person: their conversations, tasks, preferences and open operations, what is decided for an
 * envelope and how each fact changes the state.
 */
@NullMarked
package dev.microcos.core.domain.user;

import org.jspecify.annotations.NullMarked;
