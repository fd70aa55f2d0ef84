/** OpenID Connect. */
@NullMarked
package dev.microcos.local.services.oidc;

import org.jspecify.annotations.NullMarked;
