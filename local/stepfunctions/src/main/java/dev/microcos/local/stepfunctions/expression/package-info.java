/**
 * JSONata as AWS Step Functions speaks it: templates of JSON with {@code {% … %}} in strings.
 *
 * <p>The language is JSONata 2.0.6 with AWS's functions, without {@code $eval}; the values come
 * from com.dashjoin:jsonata, whose later operators {@code ??} and {@code ?:} are refused. Values
 * and messages agree with AWS's recorded executions. What differs: arithmetic that leaves the range
 * of numbers ({@code 1/0}) fails where AWS gives the text {@code "Infinity"}; {@code $string}
 * writes whole numbers from 1e20 on, not from 1e21 on, with an exponent; {@code $random} of a seed
 * is the same each time, but not AWS's number; a regular expression that backtracks for ever inside
 * one match is not stopped by the time limit.
 */
@NullMarked
package dev.microcos.local.stepfunctions.expression;

import org.jspecify.annotations.NullMarked;
