/** Tests of the interpreter through the API, on a clock that jumps to what happens next. */
@NullMarked
package dev.microcos.local.stepfunctions.run;

import org.jspecify.annotations.NullMarked;
