package dev.microcos.local.services.oidc;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a person agreed to.
 *
 * @param id names the sign-in; all its refresh tokens fall together
 * @param nonce goes into the ID token
 */
record Grant(String id, String sub, Set<String> scopes, Optional<String> nonce, Instant signedIn) {

  Grant {
    scopes = Set.copyOf(scopes);
  }
}
