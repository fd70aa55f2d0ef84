/** The log of an aggregate: what comes in, what is written, what is to be done after the write. */
@NullMarked
package dev.microcos.core.domain.log;

import org.jspecify.annotations.NullMarked;
