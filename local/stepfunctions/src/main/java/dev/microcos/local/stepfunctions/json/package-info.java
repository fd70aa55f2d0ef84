/** JSON as the engine reads and writes it. */
@NullMarked
package dev.microcos.local.stepfunctions.json;

import org.jspecify.annotations.NullMarked;
