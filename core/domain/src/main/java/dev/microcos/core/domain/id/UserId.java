package dev.microcos.core.domain.id;

import java.util.regex.Pattern;

/** A person: {@code usr_} and the base32 hash of who vouches for them and under which name. */
public record UserId(String value) implements Id {

  private static final Pattern FORM = Pattern.compile("usr_[a-z2-7]{26}");

  public UserId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("must look like usr_<26 of base32>");
    }
  }

  /**
   * The person whom an issuer calls by a subject; so any subject works and nothing is looked up.
   *
   * @param issuer {@code iss} of the token
   * @param subject {@code sub} of the token
   */
  public static UserId of(String issuer, String subject) {
    return new UserId("usr_" + Digest.base32(issuer, subject));
  }

  @Override
  public String toString() {
    return value;
  }
}
