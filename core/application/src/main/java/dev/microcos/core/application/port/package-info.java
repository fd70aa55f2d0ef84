/** What the application needs of the outside, named by role. */
@NullMarked
package dev.microcos.core.application.port;

import org.jspecify.annotations.NullMarked;
