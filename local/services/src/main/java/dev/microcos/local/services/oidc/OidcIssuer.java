package dev.microcos.local.services.oidc;

import dev.microcos.local.services.oidc.AuthorizeEndpoint.Code;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The local issuer of tokens. Safe for use by many threads. */
public final class OidcIssuer {

  private static final int LONGEST_SUB = 255;

  private final OidcConfiguration configuration;
  private final SigningKey key;
  private final Tokens tokens;
  private final AuthorizeEndpoint authorize;
  private final TokenEndpoint token;
  private final LogoutEndpoint logout;

  /**
   * An issuer that keeps its key in this folder, as {@code oidc-key.json}.
   *
   * @throws IOException if the file is there and is not a key
   */
  public OidcIssuer(OidcConfiguration configuration, Path dataFolder, InstantSource clock)
      throws IOException {
    this.configuration = configuration;
    this.key = SigningKey.in(dataFolder);
    this.tokens = new Tokens(configuration, key, clock);
    OneUse<Code> codes = new OneUse<>(OidcConfiguration.CODE_LIFE, clock);
    OneUse<Grant> refreshTokens = new OneUse<>(OidcConfiguration.REFRESH_LIFE, clock);
    this.authorize = new AuthorizeEndpoint(configuration, codes, clock);
    this.token = new TokenEndpoint(configuration, tokens, codes, refreshTokens);
    this.logout = new LogoutEndpoint(configuration, key, refreshTokens);
  }

  /**
   * Answers a request to the issuer's base or below; bad input gets 400 with OAuth's JSON.
   *
   * @param request with the whole path, such as {@code /oidc/token}
   */
  public AwsResponse handle(AwsRequest request) {
    AwsResponse answer = answer(request);
    return request.headers().containsKey("origin")
        ? new AwsResponse(answer.status(), forAnyOrigin(answer.headers()), answer.body())
        : answer;
  }

  /** No answer depends on a cookie, so a page of another port of this machine may read them all. */
  private static Map<String, String> forAnyOrigin(Map<String, String> headers) {
    Map<String, String> more = new HashMap<>(headers);
    more.put("access-control-allow-origin", "*");
    return more;
  }

  private AwsResponse answer(AwsRequest request) {
    String base = configuration.base().getPath();
    String path = request.path().startsWith(base) ? request.path().substring(base.length()) : "";
    try {
      return switch (request.method() + " " + path) {
        case "GET /.well-known/openid-configuration" -> Discovery.document(configuration);
        case "GET /jwks" -> Answers.text(200, "application/json", "no-cache", key.jwks());
        case "GET /authorize", "POST /authorize" -> authorize.handle(request);
        case "POST /token" -> token.handle(request);
        case "GET /logout", "POST /logout" -> logout.handle(request);
        default -> Answers.error(404, "not_found", "the issuer has nothing here");
      };
    } catch (OAuthRefusal refusal) {
      return Answers.error(400, refusal.error(), refusal.description());
    }
  }

  /**
   * An access token for anybody, as the admin port and the command give them out.
   *
   * @throws IllegalArgumentException if the subject is blank or longer than 255 characters
   */
  public MintedToken mint(String sub, Set<String> scopes) {
    if (sub.isBlank() || sub.length() > LONGEST_SUB) {
      throw new IllegalArgumentException("sub must have 1 to 255 characters");
    }
    return tokens.access(sub, scopes);
  }

  /** The public key with this id, for those who check tokens in this process. */
  public Optional<RSAPublicKey> publicKey(String keyId) {
    return key.find(keyId);
  }
}
