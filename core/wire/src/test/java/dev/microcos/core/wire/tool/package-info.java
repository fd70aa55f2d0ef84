@NullMarked
package dev.microcos.core.wire.tool;

import org.jspecify.annotations.NullMarked;
