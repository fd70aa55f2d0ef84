package dev.microcos.local.services.oidc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.oidc.AuthorizeEndpoint.Code;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code /token}: codes and refresh tokens for access tokens. */
final class TokenEndpoint {

  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  private final OidcConfiguration configuration;
  private final Tokens tokens;
  private final OneUse<Code> codes;
  private final OneUse<Grant> refreshTokens;

  TokenEndpoint(
      OidcConfiguration configuration,
      Tokens tokens,
      OneUse<Code> codes,
      OneUse<Grant> refreshTokens) {
    this.configuration = configuration;
    this.tokens = tokens;
    this.codes = codes;
    this.refreshTokens = refreshTokens;
  }

  AwsResponse handle(AwsRequest request) {
    String type = request.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      throw OAuthRefusal.invalid("the body must be a form");
    }
    Parameters form = Parameters.parse(new String(request.body(), StandardCharsets.UTF_8));
    if (!form.require("client_id").equals(configuration.clientId())) {
      throw new OAuthRefusal("invalid_client", "the client is not known");
    }
    return switch (form.require("grant_type")) {
      case "authorization_code" -> redeemCode(form);
      case "refresh_token" -> refresh(form);
      default -> throw new OAuthRefusal("unsupported_grant_type", "the grant type is not known");
    };
  }

  private AwsResponse redeemCode(Parameters form) {
    String secret = form.require("code");
    String verifier = form.require("code_verifier");
    String redirectUri = form.require("redirect_uri");
    return switch (codes.redeem(secret)) {
      case OneUse.Redeemed.First<Code>(Code code) -> {
        if (!code.redirectUri().equals(redirectUri)
            || !VERIFIER.matcher(verifier).matches()
            || !code.challenge().equals(challenge(verifier))) {
          throw badGrant();
        }
        yield issue(code.grant(), code.grant().scopes());
      }
      case OneUse.Redeemed.Again<Code>(Code code) -> {
        revoke(code.grant());
        throw badGrant();
      }
      case OneUse.Redeemed.Unknown<Code>() -> throw badGrant();
    };
  }

  private AwsResponse refresh(Parameters form) {
    String secret = form.require("refresh_token");
    Optional<String> narrowed = form.find("scope");
    Optional<Grant> known = refreshTokens.peek(secret);
    if (known.isPresent() && narrowed.isPresent()) {
      if (!known.get().scopes().containsAll(Parameters.words(narrowed.get()))) {
        throw new OAuthRefusal("invalid_scope", "more than was granted");
      }
    }
    return switch (refreshTokens.redeem(secret)) {
      case OneUse.Redeemed.First<Grant>(Grant grant) ->
          issue(grant, narrowed.map(Parameters::words).orElse(grant.scopes()));
      case OneUse.Redeemed.Again<Grant>(Grant grant) -> {
        revoke(grant); // RFC 9700, 4.14.2: of two who use one token, one is a thief
        throw badGrant();
      }
      case OneUse.Redeemed.Unknown<Grant>() -> throw badGrant();
    };
  }

  private void revoke(Grant grant) {
    refreshTokens.revoke(other -> other.id().equals(grant.id()));
  }

  private AwsResponse issue(Grant grant, Set<String> scopes) {
    Set<String> apiScopes = new HashSet<>(scopes);
    apiScopes.retainAll(Set.of(configuration.apiScope()));
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("access_token", tokens.access(grant.sub(), apiScopes).token());
    body.put("token_type", "Bearer");
    body.put("expires_in", OidcConfiguration.TOKEN_LIFE.toSeconds());
    body.put("refresh_token", refreshTokens.issue(grant));
    body.put("scope", String.join(" ", scopes));
    if (scopes.contains("openid")) {
      body.put("id_token", tokens.identity(grant.sub(), grant.signedIn(), grant.nonce()));
    }
    return Answers.json(200, body);
  }

  private static OAuthRefusal badGrant() {
    return new OAuthRefusal("invalid_grant", "the grant is not good, or no longer");
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
