/** How everything looks as JSON: envelopes, states, views, frames, and what is checked of them. */
@NullMarked
package dev.microcos.core.wire;

import org.jspecify.annotations.NullMarked;
