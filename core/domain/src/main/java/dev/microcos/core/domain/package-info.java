/**
 * The rules of a chief of staff: what is decided once, and how each fact changes what the person
 * sees. JDK only, no clock, no I/O.
 */
@NullMarked
package dev.microcos.core.domain;

import org.jspecify.annotations.NullMarked;
