/** The function of the steps: what workflows have done, and what Step Functions tells of them. */
@NullMarked
package dev.microcos.functions.steps;

import org.jspecify.annotations.NullMarked;
