/**
 * State machine definitions in the Amazon States Language, parsed and checked; JSONata and Standard
 * workflows only.
 *
 * <p>All faults are told at once, by path, with AWS's codes and, where they are known, AWS's words.
 * Refused by name: states whose query language is JSONPath, with the fields that only it has, and
 * DISTRIBUTED Map states. Stricter than AWS in one thing: a state's name is unique in the whole
 * machine, as the language asks. Laxer in one: an INLINE Map may batch its items and tolerate
 * failures. The npm package asl-validator 4.0.0 refuses some of what AWS and this package take: a
 * Condition that is no text, an Output that is no object and no expression, empty texts and line
 * breaks in templates, and expressions without a space inside their marks.
 */
@NullMarked
package dev.microcos.local.stepfunctions.definition;

import org.jspecify.annotations.NullMarked;
