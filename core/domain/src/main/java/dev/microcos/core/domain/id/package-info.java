/** Identities: what they look like, and how one is made from another. */
@NullMarked
package dev.microcos.core.domain.id;

import org.jspecify.annotations.NullMarked;
