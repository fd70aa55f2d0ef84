/** What the wire promises of states that grow by random stories. */
@NullMarked
package dev.microcos.core.wire;

import org.jspecify.annotations.NullMarked;
