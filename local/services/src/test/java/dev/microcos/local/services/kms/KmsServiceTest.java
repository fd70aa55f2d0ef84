package dev.microcos.local.services.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.local.services.judges.Ours;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

class KmsServiceTest {

  private static final Map<String, String> ANA = Map.of("user_id", "ana", "table", "log");

  @TempDir Path folder = Path.of("");
  private Ours ours;
  private KmsClient kms;
  private String key;

  @BeforeEach
  void start() {
    ours = new Ours(folder, InstantSource.system());
    kms = ours.kms();
    key = kms.createKey(k -> k.description("of this test")).keyMetadata().arn();
  }

  @AfterEach
  void stop() {
    kms.close();
    ours.close();
  }

  private SdkBytes encrypted(String text, Map<String, String> context) {
    return kms.encrypt(
            e -> e.keyId(key).plaintext(SdkBytes.fromUtf8String(text)).encryptionContext(context))
        .ciphertextBlob();
  }

  private String decrypted(SdkBytes blob, Map<String, String> context) {
    return kms.decrypt(d -> d.ciphertextBlob(blob).encryptionContext(context))
        .plaintext()
        .asUtf8String();
  }

  @Test
  void what_was_encrypted_opens_under_the_same_context_in_any_order() {
    SdkBytes blob = encrypted("secret", ANA);
    assertThat(decrypted(blob, Map.of("table", "log", "user_id", "ana"))).isEqualTo("secret");
    assertThat(blob.asByteArray()).isNotEqualTo(encrypted("secret", ANA).asByteArray());
    assertThat(new String(blob.asByteArray(), StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");
  }

  @Test
  void every_other_context_is_refused() {
    SdkBytes blob = encrypted("secret", ANA);
    for (Map<String, String> wrong :
        List.of(
            Map.<String, String>of(),
            Map.of("user_id", "ana"),
            Map.of("user_id", "ben", "table", "log"),
            Map.of("user_id", "ana", "table", "log", "more", ""),
            Map.of("user_id", "log", "table", "ana"))) {
      assertThatThrownBy(() -> decrypted(blob, wrong))
          .as("%s", wrong)
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void what_was_changed_on_its_way_is_refused() {
    byte[] blob = encrypted("secret", ANA).asByteArray();
    for (int i = 0; i < blob.length; i++) {
      byte[] changed = blob.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> decrypted(SdkBytes.fromByteArray(changed), ANA))
          .as("byte %d", i)
          .isInstanceOf(InvalidCiphertextException.class);
    }
    for (int length : new int[] {1, 2, 20, blob.length - 1}) {
      byte[] cut = Arrays.copyOf(blob, length);
      assertThatThrownBy(() -> decrypted(SdkBytes.fromByteArray(cut), ANA))
          .as("%d bytes", length)
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void a_data_key_comes_in_the_open_and_wrapped() {
    GenerateDataKeyResponse made =
        kms.generateDataKey(g -> g.keyId(key).keySpec(DataKeySpec.AES_256).encryptionContext(ANA));
    assertThat(made.keyId()).isEqualTo(key);
    assertThat(made.plaintext().asByteArray()).hasSize(32);
    assertThat(
            kms.decrypt(
                    d -> d.keyId(key).ciphertextBlob(made.ciphertextBlob()).encryptionContext(ANA))
                .plaintext())
        .isEqualTo(made.plaintext());
    assertThatThrownBy(() -> decrypted(made.ciphertextBlob(), Map.of()))
        .isInstanceOf(InvalidCiphertextException.class);
    assertThat(kms.generateDataKey(g -> g.keyId(key).keySpec(DataKeySpec.AES_256)).plaintext())
        .isNotEqualTo(made.plaintext());
    assertThat(kms.generateDataKey(g -> g.keyId(key).numberOfBytes(64)).plaintext().asByteArray())
        .hasSize(64);
  }

  @Test
  void another_key_is_not_the_one() {
    SdkBytes blob = encrypted("secret", ANA);
    String other = kms.createKey().keyMetadata().keyId();
    assertThatThrownBy(
            () -> kms.decrypt(d -> d.keyId(other).ciphertextBlob(blob).encryptionContext(ANA)))
        .isInstanceOf(IncorrectKeyException.class);
  }

  @Test
  void what_it_does_not_have_is_refused_by_name() {
    for (String none : List.of("no-such-key", "../../store", "alias/any")) {
      assertThatThrownBy(() -> kms.describeKey(d -> d.keyId(none)))
          .isInstanceOf(NotFoundException.class);
    }
    assertThatThrownBy(() -> kms.generateDataKey(g -> g.keyId(key)))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("number of bytes or key spec");
    assertThatThrownBy(() -> encrypted("x".repeat(4_097), ANA)).isInstanceOf(KmsException.class);
    assertThatThrownBy(() -> kms.listKeys())
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("ListKeys");
  }

  @Test
  void a_key_is_there_after_a_restart_and_its_owners_alone() throws Exception {
    SdkBytes blob = encrypted("secret", ANA);
    stop();
    ours = new Ours(folder, InstantSource.system());
    kms = ours.kms();
    assertThat(decrypted(blob, ANA)).isEqualTo("secret");
    try (var files = Files.list(folder.resolve("kms"))) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }
}
