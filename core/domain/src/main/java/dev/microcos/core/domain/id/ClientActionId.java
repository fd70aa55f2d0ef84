package dev.microcos.core.domain.id;

import java.time.Instant;
import java.util.Optional;

/** What a client calls one action of its user, so that repeating it has no second effect. */
public record ClientActionId(String value) implements Id {

  /** The most characters that one may have. */
  public static final int MAX_LENGTH = 128;

  public ClientActionId {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("must have 1 to " + MAX_LENGTH + " characters");
    }
  }

  /** When the action was taken, if the id is a UUIDv7. */
  public Optional<Instant> time() {
    return Uuids.isVersion7(value) ? Optional.of(Uuids.time(value)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
