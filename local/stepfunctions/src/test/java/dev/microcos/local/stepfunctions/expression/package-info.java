@NullMarked
package dev.microcos.local.stepfunctions.expression;

import org.jspecify.annotations.NullMarked;
