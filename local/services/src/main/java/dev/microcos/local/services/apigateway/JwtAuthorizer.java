package dev.microcos.local.services.apigateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JWT authorizer of an HTTP API: RS256 only, key by {@code kid}, {@code iss} equal, {@code aud}
 * (or, where that is missing, {@code client_id}) among the audiences, {@code exp} ahead, {@code
 * nbf} and {@code iat} not ahead. Tokens that passed are remembered until they expire, so that the
 * next request with one costs a look-up.
 */
public final class JwtAuthorizer {

  private static final int REMEMBERED = 10_000;
  private static final String BEARER = "Bearer ";

  private final String issuer;
  private final Set<String> audiences;
  private final TokenKeys keys;
  private final InstantSource clock;
  private final Optional<Supplier<String>> otherwise;
  private final TokenCache passed = new TokenCache(REMEMBERED);

  /** An authorizer that trusts one issuer, for tokens made for one of the audiences. */
  public JwtAuthorizer(String issuer, Set<String> audiences, TokenKeys keys, InstantSource clock) {
    this(issuer, audiences, keys, clock, Optional.empty());
  }

  private JwtAuthorizer(
      String issuer,
      Set<String> audiences,
      TokenKeys keys,
      InstantSource clock,
      Optional<Supplier<String>> otherwise) {
    this.issuer = issuer;
    this.audiences = Set.copyOf(audiences);
    this.keys = keys;
    this.clock = clock;
    this.otherwise = otherwise;
  }

  /**
   * The same, but a request without a token counts as having this one. AWS has nothing like it; it
   * is for what a person tries on their own machine.
   */
  public JwtAuthorizer orElse(Supplier<String> token) {
    return new JwtAuthorizer(issuer, audiences, keys, clock, Optional.of(token));
  }

  /** What the authorizer says. */
  public sealed interface Decision {
    /**
     * The token is good.
     *
     * @param claims as API Gateway passes them on: every value a string, a list as {@code [a b]}
     * @param scopes what the token allows
     * @param expiresAt from then on the token is refused
     */
    record Granted(Map<String, String> claims, List<String> scopes, Instant expiresAt)
        implements Decision {}

    /**
     * There is no token or it is not good; {@code reason} is for the {@code www-authenticate}
     * header.
     */
    record Refused(String reason) implements Decision {}
  }

  /**
   * Judges the value of an {@code Authorization} header; the word Bearer may be missing, as on AWS.
   */
  public Decision authorize(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      return otherwise
          .map(token -> authorizeToken(token.get()))
          .orElseGet(() -> new Decision.Refused(""));
    }
    return authorizeToken(
        authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? authorization.substring(BEARER.length()).strip()
            : authorization.strip());
  }

  private Decision authorizeToken(String token) {
    Instant now = clock.instant();
    Decision.Granted known = passed.find(token, now);
    if (known != null) {
      return known;
    }
    Decision decision = verify(token, now);
    if (decision instanceof Decision.Granted granted) {
      passed.keep(token, granted);
    }
    return decision;
  }

  private Decision verify(String token, Instant now) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
        return new Decision.Refused("the algorithm is not RS256");
      }
      String keyId = jwt.getHeader().getKeyID();
      var key =
          keyId == null
              ? Optional.<java.security.interfaces.RSAPublicKey>empty()
              : keys.find(keyId);
      if (key.isEmpty() || !jwt.verify(new RSASSAVerifier(key.get()))) {
        return new Decision.Refused("the signature is not valid");
      }
      return judge(jwt.getJWTClaimsSet(), now);
    } catch (ParseException | JOSEException e) {
      return new Decision.Refused("the token is not a signed JWT");
    }
  }

  private Decision judge(JWTClaimsSet claims, Instant now) throws ParseException {
    if (!issuer.equals(claims.getIssuer())) {
      return new Decision.Refused("the issuer is not trusted");
    }
    if (!isForUs(claims)) {
      return new Decision.Refused("the audience does not match");
    }
    Date expires = claims.getExpirationTime();
    if (expires == null || !expires.toInstant().isAfter(now)) {
      return new Decision.Refused("the token has expired");
    }
    if (isAhead(claims.getNotBeforeTime(), now) || isAhead(claims.getIssueTime(), now)) {
      return new Decision.Refused("the token is not valid yet");
    }
    return new Decision.Granted(asStrings(claims), scopes(claims), expires.toInstant());
  }

  private boolean isForUs(JWTClaimsSet claims) throws ParseException {
    List<String> audience = claims.getAudience();
    if (!audience.isEmpty()) {
      return audience.stream().anyMatch(audiences::contains);
    }
    String client = claims.getStringClaim("client_id");
    return client != null && audiences.contains(client);
  }

  private static boolean isAhead(@Nullable Date date, Instant now) {
    return date != null && date.toInstant().isAfter(now);
  }

  private static List<String> scopes(JWTClaimsSet claims) {
    Object scope = claims.getClaim("scope");
    Object given = scope == null ? claims.getClaim("scp") : scope;
    if (given instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return given instanceof String text && !text.isBlank()
        ? List.of(text.strip().split(" +"))
        : List.of();
  }

  private static Map<String, String> asStrings(JWTClaimsSet claims) {
    Map<String, String> all = new LinkedHashMap<>();
    claims.getClaims().forEach((name, value) -> all.put(name, asString(value)));
    return Map.copyOf(all);
  }

  private static String asString(@Nullable Object value) {
    return switch (value) {
      case Date date -> Long.toString(date.toInstant().getEpochSecond());
      case List<?> list when list.size() == 1 -> asString(list.getFirst());
      case List<?> list ->
          list.stream().map(JwtAuthorizer::asString).collect(Collectors.joining(" ", "[", "]"));
      case null, default -> String.valueOf(value);
    };
  }
}
