package dev.microcos.local.services.apigateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An issuer of good tokens and of bad ones. */
final class TestTokens implements TokenKeys {

  static final String ISSUER = "http://127.0.0.1:8787/oidc";
  static final String AUDIENCE = "microcos";

  private final KeyPair own = pair();
  private final KeyPair foreign = pair();

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<RSAPublicKey> find(String keyId) {
    return keyId.equals("k1") ? Optional.of((RSAPublicKey) own.getPublic()) : Optional.empty();
  }

  static JWTClaimsSet.Builder claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject("me")
        .audience(AUDIENCE)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(3600)))
        .claim("scope", "microcos");
  }

  String good(String sub) {
    return token(claims -> claims.subject(sub));
  }

  String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(own, JWSAlgorithm.RS256, "k1", change.apply(claims(Clock.START)).build());
  }

  String foreign() {
    return sign(foreign, JWSAlgorithm.RS256, "k1", claims(Clock.START).build());
  }

  String withAlgorithm(JWSAlgorithm algorithm) {
    return sign(own, algorithm, "k1", claims(Clock.START).build());
  }

  String withKey(String keyId) {
    return sign(own, JWSAlgorithm.RS256, keyId, claims(Clock.START).build());
  }

  private static String sign(
      KeyPair pair, JWSAlgorithm algorithm, String keyId, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
      jwt.sign(new RSASSASigner(pair.getPrivate()));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
