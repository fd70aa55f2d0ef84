/** When schedules are due. */
@NullMarked
package dev.microcos.core.wire.schedule;

import org.jspecify.annotations.NullMarked;
