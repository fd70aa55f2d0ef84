/** State machine definitions in the Amazon States Language, parsed and checked. */
@NullMarked
package dev.microcos.local.stepfunctions.definition;

import org.jspecify.annotations.NullMarked;
