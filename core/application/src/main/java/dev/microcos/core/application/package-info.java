/** What the system does, in terms of its ports and of nothing technical. */
@NullMarked
package dev.microcos.core.application;

import org.jspecify.annotations.NullMarked;
