/**
 * What holds for the whole repository: its arrows, its seams, its form and what it may not hold.
 */
@NullMarked
package dev.microcos.rules;

import org.jspecify.annotations.NullMarked;
