/** The way of a call to its service and of its answer back. */
@NullMarked
package dev.microcos.local.services.transport;

import org.jspecify.annotations.NullMarked;
