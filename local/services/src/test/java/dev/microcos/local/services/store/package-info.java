/** The disk of the local cloud, with its process killed. */
@NullMarked
package dev.microcos.local.services.store;

import org.jspecify.annotations.NullMarked;
