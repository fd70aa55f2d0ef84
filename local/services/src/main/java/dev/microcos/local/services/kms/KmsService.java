package dev.microcos.local.services.kms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import dev.microcos.local.services.transport.AwsService;
import dev.microcos.local.services.transport.JsonApi;
import dev.microcos.local.services.transport.JsonOperation;
import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** AWS KMS. */
public final class KmsService implements AwsService {

  private static final int MOST_PLAINTEXT_BYTES = 4_096;
  private static final Set<String> DATA_KEY =
      Set.of("KeyId", "KeySpec", "NumberOfBytes", "EncryptionContext");

  private final MasterKeys keys;
  private final SecureRandom random = new SecureRandom();
  private final JsonApi api;

  /** The keys that are kept in a folder, which is made where it is missing. */
  public KmsService(Path folder) {
    this.keys = new MasterKeys(folder);
    Map<String, JsonOperation> operations =
        Map.of(
            "CreateKey", this::createKey,
            "DescribeKey", this::describeKey,
            "Encrypt", this::encrypt,
            "Decrypt", this::decrypt,
            "GenerateDataKey", request -> generateDataKey(request, true),
            "GenerateDataKeyWithoutPlaintext", request -> generateDataKey(request, false));
    this.api = new JsonApi("application/x-amz-json-1.1", "KMS", operations, KmsRefusal::invalid);
  }

  @Override
  public String signingName() {
    return "kms";
  }

  @Override
  public AwsResponse handle(AwsRequest request) {
    return api.handle(request);
  }

  /** The ARN of a key. */
  public static String arn(String keyId) {
    return "arn:aws:kms:us-east-1:000000000000:key/" + keyId;
  }

  /**
   * Makes the key of this id, unless it is there.
   *
   * @param keyId letters, digits and hyphens
   * @return the key's ARN
   */
  public String ensureKey(String keyId) {
    if (!MasterKeys.isLegal(keyId)) {
      throw new IllegalArgumentException("not an id of a key: " + keyId);
    }
    keys.ensure(keyId);
    return arn(keyId);
  }

  private JsonReply createKey(JsonRequest request) {
    request.allow(Set.of("Description", "KeySpec", "KeyUsage"));
    if (!request.text("KeySpec").orElse("SYMMETRIC_DEFAULT").equals("SYMMETRIC_DEFAULT")
        || !request.text("KeyUsage").orElse("ENCRYPT_DECRYPT").equals("ENCRYPT_DECRYPT")) {
      throw KmsRefusal.invalid("The local cloud has symmetric keys for encryption only.");
    }
    String id = UUID.randomUUID().toString();
    keys.ensure(id);
    return metadata(id);
  }

  private JsonReply describeKey(JsonRequest request) {
    request.allow(Set.of("KeyId"));
    return metadata(keyId(request));
  }

  private static JsonReply metadata(String id) {
    return json -> {
      json.writeObjectFieldStart("KeyMetadata");
      json.writeStringField("AWSAccountId", "000000000000");
      json.writeStringField("KeyId", id);
      json.writeStringField("Arn", arn(id));
      json.writeBooleanField("Enabled", true);
      json.writeStringField("KeyUsage", "ENCRYPT_DECRYPT");
      json.writeStringField("KeyState", "Enabled");
      json.writeStringField("Origin", "AWS_KMS");
      json.writeStringField("KeyManager", "CUSTOMER");
      json.writeStringField("KeySpec", "SYMMETRIC_DEFAULT");
      json.writeEndObject();
    };
  }

  private JsonReply encrypt(JsonRequest request) {
    request.allow(Set.of("KeyId", "Plaintext", "EncryptionContext", "EncryptionAlgorithm"));
    checkAlgorithm(request);
    String id = keyId(request);
    byte[] plaintext = bytes(request, "Plaintext");
    if (plaintext.length == 0 || plaintext.length > MOST_PLAINTEXT_BYTES) {
      throw KmsRefusal.invalid("Value at 'plaintext' must have 1 to 4096 bytes");
    }
    byte[] blob = Envelope.seal(id, keys.key(id), plaintext, context(request));
    return json -> {
      json.writeBinaryField("CiphertextBlob", blob);
      json.writeStringField("KeyId", arn(id));
      json.writeStringField("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    };
  }

  private JsonReply decrypt(JsonRequest request) {
    request.allow(Set.of("KeyId", "CiphertextBlob", "EncryptionContext", "EncryptionAlgorithm"));
    checkAlgorithm(request);
    byte[] blob = bytes(request, "CiphertextBlob");
    String id = Envelope.keyId(blob);
    if (!keys.has(id)) {
      throw KmsRefusal.invalidCiphertext();
    }
    if (request.text("KeyId").isPresent() && !keyId(request).equals(id)) {
      throw KmsRefusal.wrongKey();
    }
    byte[] plaintext = Envelope.open(keys.key(id), blob, context(request));
    return json -> {
      json.writeBinaryField("Plaintext", plaintext);
      json.writeStringField("KeyId", arn(id));
      json.writeStringField("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    };
  }

  private JsonReply generateDataKey(JsonRequest request, boolean withPlaintext) {
    request.allow(DATA_KEY);
    String id = keyId(request);
    byte[] plaintext = new byte[dataKeyBytes(request)];
    random.nextBytes(plaintext);
    byte[] blob = Envelope.seal(id, keys.key(id), plaintext, context(request));
    return json -> {
      json.writeBinaryField("CiphertextBlob", blob);
      if (withPlaintext) {
        json.writeBinaryField("Plaintext", plaintext);
      }
      json.writeStringField("KeyId", arn(id));
    };
  }

  private static int dataKeyBytes(JsonRequest request) {
    Optional<String> spec = request.text("KeySpec");
    OptionalInt number = request.integer("NumberOfBytes");
    if (spec.isPresent() == number.isPresent()) {
      throw KmsRefusal.invalid("Please specify either number of bytes or key spec.");
    }
    if (number.isPresent()) {
      if (number.getAsInt() < 1 || number.getAsInt() > 1_024) {
        throw KmsRefusal.invalid("Value at 'numberOfBytes' must be 1 to 1024");
      }
      return number.getAsInt();
    }
    return switch (spec.orElse("")) {
      case "AES_256" -> 32;
      case "AES_128" -> 16;
      default -> throw KmsRefusal.invalid("Value at 'keySpec' must be one of [AES_256, AES_128]");
    };
  }

  private String keyId(JsonRequest request) {
    String given = request.requireText("KeyId");
    String prefix = arn("");
    String id = given.startsWith(prefix) ? given.substring(prefix.length()) : given;
    if (!keys.has(id)) {
      throw KmsRefusal.noKey(given.startsWith("arn:") ? given : arn(given));
    }
    return id;
  }

  private static void checkAlgorithm(JsonRequest request) {
    if (!request
        .text("EncryptionAlgorithm")
        .orElse("SYMMETRIC_DEFAULT")
        .equals("SYMMETRIC_DEFAULT")) {
      throw KmsRefusal.invalid("The local cloud has the algorithm SYMMETRIC_DEFAULT only.");
    }
  }

  private static SortedMap<String, String> context(JsonRequest request) {
    SortedMap<String, String> context = new TreeMap<>();
    request
        .object("EncryptionContext")
        .ifPresent(given -> {
          for (Map.Entry<String, JsonNode> member : given.properties()) {
            context.put(member.getKey(), member.getValue().asText());
          }
        });
    return context;
  }

  private static byte[] bytes(JsonRequest request, String name) {
    try {
      return Base64.getDecoder().decode(request.requireText(name));
    } catch (IllegalArgumentException e) {
      throw KmsRefusal.invalid("The member " + name + " is not Base64.");
    }
  }
}
