@NullMarked
package dev.microcos.local.stepfunctions.definition;

import org.jspecify.annotations.NullMarked;
