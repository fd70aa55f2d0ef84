/** Lambda. */
@NullMarked
package dev.microcos.local.services.lambda;

import org.jspecify.annotations.NullMarked;
