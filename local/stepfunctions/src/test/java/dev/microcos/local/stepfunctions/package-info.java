/** The engine as a program that embeds it sees it. */
@NullMarked
package dev.microcos.local.stepfunctions;

import org.jspecify.annotations.NullMarked;
