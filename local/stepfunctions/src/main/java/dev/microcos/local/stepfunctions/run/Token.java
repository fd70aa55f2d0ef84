package dev.microcos.local.stepfunctions.run;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A task token: names the task that it answers, and holds a secret, so that nobody guesses one. */
record Token(String execution, int branch, long task, String secret) {

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            (execution + "\n" + branch + "\n" + task + "\n" + secret)
                .getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a token, or null for what is none. */
  static @Nullable Token read(String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", -1);
      return parts.length == 4
          ? new Token(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]), parts[3])
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
