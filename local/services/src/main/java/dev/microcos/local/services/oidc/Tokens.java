package dev.microcos.local.services.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Makes access tokens (RFC 9068) and ID tokens. */
final class Tokens {

  private final OidcConfiguration configuration;
  private final SigningKey key;
  private final InstantSource clock;

  Tokens(OidcConfiguration configuration, SigningKey key, InstantSource clock) {
    this.configuration = configuration;
    this.key = key;
    this.clock = clock;
  }

  MintedToken access(String sub, Set<String> scopes) {
    Instant now = clock.instant();
    Instant expires = now.plus(OidcConfiguration.TOKEN_LIFE);
    JWTClaimsSet claims =
        claims(sub, configuration.audience(), now, expires)
            .claim("client_id", configuration.clientId())
            .claim("scope", String.join(" ", new TreeSet<>(scopes)))
            .jwtID(UUID.randomUUID().toString())
            .build();
    return new MintedToken(key.sign("at+jwt", claims), expires);
  }

  String identity(String sub, Instant signedIn, Optional<String> nonce) {
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        claims(sub, configuration.clientId(), now, now.plus(OidcConfiguration.TOKEN_LIFE))
            .claim("auth_time", signedIn.getEpochSecond())
            .claim("name", sub)
            .claim("preferred_username", sub);
    nonce.ifPresent(given -> claims.claim("nonce", given));
    return key.sign("JWT", claims.build());
  }

  private JWTClaimsSet.Builder claims(String sub, String audience, Instant now, Instant expires) {
    return new JWTClaimsSet.Builder()
        .issuer(configuration.issuer().toString())
        .subject(sub)
        .audience(List.of(audience))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(expires));
  }
}
