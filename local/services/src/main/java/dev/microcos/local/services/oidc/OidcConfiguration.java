package dev.microcos.local.services.oidc;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * What the issuer is and for whom it signs.
 *
 * @param issuer the {@code iss} of all tokens; part of who a person is, so it never changes
 * @param base where the endpoints are, such as {@code http://127.0.0.1:9000/oidc}
 * @param clientId the one client, public and without a secret
 * @param audience the {@code aud} of access tokens
 * @param apiScope the scope that access tokens carry
 */
public record OidcConfiguration(
    URI issuer, URI base, String clientId, String audience, String apiScope) {

  /** How long an access token and an ID token are good. */
  static final Duration TOKEN_LIFE = Duration.ofHours(1);

  /** How long a code may wait to be redeemed; RFC 6749 recommends ten minutes at most. */
  static final Duration CODE_LIFE = Duration.ofMinutes(1);

  /** How long a refresh token is good when it is not used; Cognito's default. */
  static final Duration REFRESH_LIFE = Duration.ofDays(30);

  /**
   * The local cloud's {@code iss} on whatever port it runs, so that a person stays the same person
   * when the port changes. On the default port it is the address of the issuer, as OpenID Connect
   * has it.
   */
  public static final URI LOCAL_ISSUER = URI.create("http://127.0.0.1:8787/oidc");

  /**
   * The issuer of the local cloud at this base, with the names that the template's defaults expect.
   */
  public static OidcConfiguration local(URI base) {
    return new OidcConfiguration(LOCAL_ISSUER, base, "microcos-web", "microcos", "microcos");
  }

  /** What a client may ask for at sign-in; {@code admin} is to be had from the admin port only. */
  Set<String> scopes() {
    return Set.of("openid", "profile", "email", "offline_access", apiScope);
  }

  String endpoint(String name) {
    return base + "/" + name;
  }
}
