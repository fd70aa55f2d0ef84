package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_file_gives_what_the_environment_leaves_out() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(".env"),
            """
            # the model
            MICROCOS_MODEL_URL=http://127.0.0.1:11434/v1   # Ollama
            export MICROCOS_MODEL_KEY='a b'

            MICROCOS_PORT="9000"
            MICROCOS_BIG_MODEL=
            """);

    Settings settings = Settings.load(file, Map.of("MICROCOS_PORT", "9001"));

    assertThat(settings.get("MICROCOS_MODEL_URL")).hasValue("http://127.0.0.1:11434/v1");
    assertThat(settings.get("MICROCOS_MODEL_KEY")).hasValue("a b");
    assertThat(settings.get("MICROCOS_PORT")).hasValue("9001");
    assertThat(settings.get("MICROCOS_BIG_MODEL")).isEmpty();
  }

  @Test
  void no_file_is_no_fault() {
    assertThat(Settings.load(folder.resolve(".env"), Map.of()).values()).isEmpty();
  }

  @Test
  void a_bad_line_is_named() throws IOException {
    Path file = Files.writeString(folder.resolve(".env"), "A=1\nwhat is this\n");

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Settings.load(file, Map.of()))
        .withMessageContaining(".env:2")
        .extracting(Failure::code)
        .isEqualTo(Failure.WRONG_USE);
  }
}
