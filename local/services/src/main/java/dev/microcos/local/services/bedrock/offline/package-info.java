/**
 * The offline model: a deterministic stand-in for a language model, made of fixed rules. It reads
 * what a Llama would read, namely the system text with the person's context and the last messages,
 * and answers what its rules cover: the task list, dates, small arithmetic, what was said, a plan
 * for the day, a draft, a summary, a checklist. To all else it says what it is and what it is not.
 *
 * <p>The context stands in the system text as JSON between the lines {@code <<<context} and {@code
 * context>>>}. The offline model knows no other facts and reads no clock: without a context it does
 * not know the day.
 *
 * <p>It leaves out: understanding, any language but English, knowledge of the world, and writing to
 * the task list except by a tool that a Converse request offers.
 */
@NullMarked
package dev.microcos.local.services.bedrock.offline;

import org.jspecify.annotations.NullMarked;
