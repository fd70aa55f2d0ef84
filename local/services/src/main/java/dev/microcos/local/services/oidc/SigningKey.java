package dev.microcos.local.services.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The issuer's RSA key, kept as a JWK in one file that only its owner may read. Making it takes a
 * good part of a second, so the first start makes it in the background and only who needs it waits.
 */
final class SigningKey {

  private static final int BITS = 2048;
  private static final String FILE = "oidc-key.json";

  private final CompletableFuture<RSAKey> key;

  private SigningKey(CompletableFuture<RSAKey> key) {
    this.key = key;
  }

  /** Reads the key, or makes and keeps one if the file is not there. */
  static SigningKey in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.exists(file)) {
      try {
        return new SigningKey(
            CompletableFuture.completedFuture(RSAKey.parse(Files.readString(file))));
      } catch (ParseException e) {
        throw new IOException(file + " is not a key; delete it to get a new one", e);
      }
    }
    return new SigningKey(CompletableFuture.supplyAsync(() -> create(folder)));
  }

  private static RSAKey create(Path folder) {
    try {
      RSAKey made =
          new RSAKeyGenerator(BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate();
      write(folder, made.toJSONString());
      return made;
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path folder, String text) throws IOException {
    Files.createDirectories(folder);
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Path draft =
        posix
            ? Files.createTempFile(
                folder,
                "key",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(folder, "key", ".tmp");
    Files.writeString(draft, text);
    Files.move(
        draft,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The JWKS document with the public part. */
  String jwks() {
    return "{\"keys\":[" + key.join().toPublicJWK().toJSONString() + "]}";
  }

  Optional<RSAPublicKey> find(String keyId) {
    RSAKey own = key.join();
    try {
      return own.getKeyID().equals(keyId) ? Optional.of(own.toRSAPublicKey()) : Optional.empty();
    } catch (JOSEException e) {
      throw new IllegalStateException("the key in the data folder is not usable", e);
    }
  }

  String sign(String type, JWTClaimsSet claims) {
    RSAKey own = key.join();
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .type(new JOSEObjectType(type))
                  .keyID(own.getKeyID())
                  .build(),
              claims);
      jwt.sign(new RSASSASigner(own));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the key in the data folder does not sign", e);
    }
  }
}
