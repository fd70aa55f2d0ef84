package dev.microcos.local.services.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that stand for no attribute in an expression unless a placeholder does (Developer Guide,
 * Reserved words).
 */
final class ReservedWords {

  private static final Set<String> WORDS = read();

  private ReservedWords() {}

  static boolean contain(String name) {
    return WORDS.contains(name.toUpperCase(Locale.ROOT));
  }

  private static Set<String> read() {
    try (InputStream file = ReservedWords.class.getResourceAsStream("reserved-words.txt")) {
      if (file == null) {
        throw new IllegalStateException("reserved-words.txt is not beside its class");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
