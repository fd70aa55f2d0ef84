package dev.microcos.local.services.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request for a code that passed all checks.
 *
 * @param challenge the PKCE challenge, S256
 * @param hint the name to offer, if the client gave one
 * @param silent whether the client asked for no page ({@code prompt=none})
 */
record AuthorizationRequest(
    String redirectUri,
    Optional<String> state,
    Optional<String> nonce,
    String challenge,
    Set<String> scopes,
    Optional<String> hint,
    boolean silent) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /**
   * Where answers may go; checked first, since a refusal may be sent there only if it is good.
   *
   * @throws OAuthRefusal if the client or the address is not known
   */
  static String redirectUri(Parameters parameters, OidcConfiguration configuration) {
    if (!parameters.require("client_id").equals(configuration.clientId())) {
      throw new OAuthRefusal("invalid_client", "the client is not known");
    }
    return loopback(parameters.require("redirect_uri"));
  }

  /** The address, if it is on this machine (RFC 8252, 7.3: any port). */
  static String loopback(String address) {
    try {
      URI uri = new URI(address);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http
          && uri.getHost() != null
          && LOOPBACK.contains(uri.getHost())
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw OAuthRefusal.invalid("redirect_uri is not an address");
    }
    throw OAuthRefusal.invalid("redirect_uri must be on this machine, without fragment");
  }

  /**
   * Checks all the rest.
   *
   * @throws OAuthRefusal to be sent to the redirect address
   */
  static AuthorizationRequest parse(Parameters parameters, OidcConfiguration configuration) {
    if (!parameters.require("response_type").equals("code")) {
      throw new OAuthRefusal("unsupported_response_type", "only code is supported");
    }
    String challenge = parameters.require("code_challenge");
    if (!parameters.find("code_challenge_method").orElse("plain").equals("S256")) {
      throw OAuthRefusal.invalid("code_challenge_method must be S256");
    }
    if (!CHALLENGE.matcher(challenge).matches()) {
      throw OAuthRefusal.invalid("code_challenge is not the Base64url form of a SHA-256");
    }
    Set<String> scopes =
        Parameters.words(parameters.find("scope").orElse("openid " + configuration.apiScope()));
    if (!configuration.scopes().containsAll(scopes)) {
      throw new OAuthRefusal("invalid_scope", "a scope is not to be had here");
    }
    return new AuthorizationRequest(
        redirectUri(parameters, configuration),
        parameters.find("state"),
        parameters.find("nonce"),
        challenge,
        scopes,
        parameters.find("login_hint"),
        parameters.find("prompt").orElse("").equals("none"));
  }
}
