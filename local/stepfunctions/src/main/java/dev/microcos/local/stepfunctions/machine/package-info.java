/** State machines and their definitions, of which each revision is kept. */
@NullMarked
package dev.microcos.local.stepfunctions.machine;

import org.jspecify.annotations.NullMarked;
