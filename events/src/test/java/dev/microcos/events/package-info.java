/** Holds the schemas, samples and API documents of this module to their promises. */
@NullMarked
package dev.microcos.events;

import org.jspecify.annotations.NullMarked;
