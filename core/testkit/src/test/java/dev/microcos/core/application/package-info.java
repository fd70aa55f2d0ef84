/** The use cases, over ports in memory. */
@NullMarked
package dev.microcos.core.application;

import org.jspecify.annotations.NullMarked;
