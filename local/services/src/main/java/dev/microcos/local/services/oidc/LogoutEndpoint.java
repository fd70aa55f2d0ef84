package dev.microcos.local.services.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /logout}: ends the refresh tokens of the person whom the ID token names. There is no
 * session to end.
 */
final class LogoutEndpoint {

  private final OidcConfiguration configuration;
  private final SigningKey key;
  private final OneUse<Grant> refreshTokens;

  LogoutEndpoint(OidcConfiguration configuration, SigningKey key, OneUse<Grant> refreshTokens) {
    this.configuration = configuration;
    this.key = key;
    this.refreshTokens = refreshTokens;
  }

  AwsResponse handle(AwsRequest request) {
    Parameters parameters =
        Parameters.parse(
            request.method().equals("POST")
                ? new String(request.body(), StandardCharsets.UTF_8)
                : request.query());
    Optional<String> target =
        parameters.find("post_logout_redirect_uri").map(AuthorizationRequest::loopback);
    parameters
        .find("id_token_hint")
        .map(this::subject)
        .ifPresent(sub -> refreshTokens.revoke(grant -> grant.sub().equals(sub)));
    if (target.isEmpty()) {
      return SignInPage.signedOut();
    }
    Map<String, String> answer = new LinkedHashMap<>();
    parameters.find("state").ifPresent(state -> answer.put("state", state));
    return new AwsResponse(
        303,
        Map.of("location", Parameters.append(target.get(), answer), "cache-control", "no-store"),
        new AwsResponse.Body.Bytes(new byte[0]));
  }

  /** Whom the ID token names; it may have expired, but it must be ours. */
  private String subject(String hint) {
    try {
      SignedJWT jwt = SignedJWT.parse(hint);
      String keyId = String.valueOf(jwt.getHeader().getKeyID());
      var own = key.find(keyId);
      boolean ours =
          own.isPresent()
              && jwt.verify(new RSASSAVerifier(own.get()))
              && jwt.getJWTClaimsSet().getAudience().contains(configuration.clientId());
      if (ours) {
        return jwt.getJWTClaimsSet().getSubject();
      }
    } catch (ParseException | JOSEException e) {
      throw OAuthRefusal.invalid("id_token_hint is not an ID token");
    }
    throw OAuthRefusal.invalid("id_token_hint is not from here");
  }
}
