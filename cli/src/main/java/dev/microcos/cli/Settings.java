package dev.microcos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of the process, and below it what the {@code .env} file beside the launcher says.
 *
 * @param values variables by name
 */
record Settings(Map<String, String> values) {
  Settings {
    values = Map.copyOf(values);
  }

  /** The settings of this process. A line of the file that is no {@code NAME=value} is refused. */
  static Settings load() {
    return load(home().resolve(".env"), System.getenv());
  }

  static Settings load(Path file, Map<String, String> environment) {
    Map<String, String> values = new HashMap<>();
    if (Files.isRegularFile(file)) {
      try {
        int number = 0;
        for (String line : Files.readAllLines(file)) {
          number++;
          read(line.strip(), file + ":" + number, values);
        }
      } catch (IOException e) {
        throw Failure.failed("cannot read " + file + ": " + e.getMessage(), "make it readable");
      }
    }
    values.putAll(environment);
    return new Settings(values);
  }

  /** The value of a variable, if it is there and not blank. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
  }

  /** The folder of the launcher; without it, the working folder. */
  static Path home() {
    return Path.of(System.getProperty("microcos.home", "")).toAbsolutePath().normalize();
  }

  private static void read(String line, String place, Map<String, String> values) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
    int equals = assignment.indexOf('=');
    String name = equals < 0 ? "" : assignment.substring(0, equals).strip();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw Failure.wrongUse(place + " is not NAME=value", "mend that line or put # before it");
    }
    values.put(name, unquoted(assignment.substring(equals + 1).strip()));
  }

  private static String unquoted(String value) {
    for (String quote : new String[] {"\"", "'"}) {
      if (value.length() > 1 && value.startsWith(quote) && value.endsWith(quote)) {
        return value.substring(1, value.length() - 1);
      }
    }
    int comment = value.indexOf(" #");
    return comment < 0 ? value : value.substring(0, comment).strip();
  }
}
