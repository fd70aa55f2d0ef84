/** JSONata as AWS Step Functions speaks it: templates of JSON with {@code {% … %}} in strings. */
@NullMarked
package dev.microcos.local.stepfunctions.expression;

import org.jspecify.annotations.NullMarked;
