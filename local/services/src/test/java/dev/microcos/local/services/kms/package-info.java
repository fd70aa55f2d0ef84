/** Keys and what they seal. */
@NullMarked
package dev.microcos.local.services.kms;

import org.jspecify.annotations.NullMarked;
