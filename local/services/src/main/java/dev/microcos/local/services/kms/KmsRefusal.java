package dev.microcos.local.services.kms;

import dev.microcos.local.services.transport.Refusal;

/** The errors of KMS. */
final class KmsRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private KmsRefusal(String type, String message) {
    super(400, type, message);
  }

  static KmsRefusal invalid(String message) {
    return new KmsRefusal("ValidationException", message);
  }

  static KmsRefusal noKey(String arn) {
    return new KmsRefusal("NotFoundException", "Key '" + arn + "' does not exist");
  }

  static KmsRefusal invalidCiphertext() {
    return new KmsRefusal("InvalidCiphertextException", "");
  }

  static KmsRefusal wrongKey() {
    return new KmsRefusal(
        "IncorrectKeyException",
        "The key ID in the request does not identify a CMK that can perform this operation.");
  }
}
