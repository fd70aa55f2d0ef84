/** The sockets: who may open one, what a page sends over it. */
@NullMarked
package dev.microcos.functions.realtime;

import org.jspecify.annotations.NullMarked;
