package dev.microcos.local.services.oidc;

import java.time.Instant;

/**
 * An access token.
 *
 * @param token the JWT
 * @param expiresAt from then on it is refused
 */
public record MintedToken(String token, Instant expiresAt) {}
