package dev.microcos.local.services.oidc;

import java.util.Optional;

/**
 * A request that the issuer refuses, with one of OAuth's error codes. It travels as an exception
 * from the check that found it to the endpoint, which makes the answer.
 */
final class OAuthRefusal extends RuntimeException {

  private final String error;
  private final String description;

  OAuthRefusal(String error, String description) {
    super(error + ": " + description, null, false, false);
    this.error = error;
    this.description = description;
  }

  String error() {
    return error;
  }

  String description() {
    return description;
  }

  static OAuthRefusal invalid(String description) {
    return new OAuthRefusal("invalid_request", description);
  }

  static <T> T present(Optional<T> value, String name) {
    return value.orElseThrow(() -> invalid(name + " is missing"));
  }
}
