@NullMarked
package dev.microcos.core.wire.workflow;

import org.jspecify.annotations.NullMarked;
