package dev.microcos.local.services.apigateway;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** The public keys of an issuer of tokens, as its JWKS lists them. */
@FunctionalInterface
public interface TokenKeys {

  /** The key with this {@code kid}, or nothing if the issuer does not have it. */
  Optional<RSAPublicKey> find(String keyId);
}
