/** Tools that steps call by name: those of the house, and a place for others. */
@NullMarked
package dev.microcos.core.wire.tool;

import org.jspecify.annotations.NullMarked;
