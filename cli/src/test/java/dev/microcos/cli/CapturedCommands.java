package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Commands given to a server that answers as the contract says, and what they print. */
abstract class CapturedCommands {

  static final String RUN = "run_0193a1b2-0000-7000-8000-000000000001";
  static final String OTHER = "run_0193ffff-0000-7000-8000-000000000002";
  static final String INPUT = "inp_0193a1b2-0000-7000-8000-000000000003";
  static final String WORKFLOWS =
      """
      {"workflows":{"report":{"title":"Write a report","input_schema":{"type":"object",
        "required":["topic"],"properties":{"topic":{"type":"string"},"parts":{"type":"integer"}}}}}}
      """;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  FakeCloud cloud = new FakeCloud();

  @TempDir Path data = Path.of("");

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    cloud.dataFolder(data);
  }

  @AfterEach
  void stopListening() {
    cloud.close();
    System.setOut(out);
    System.setErr(err);
  }

  int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + data);
    return Microcos.run(all.toArray(String[]::new));
  }

  String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  String complained() {
    return complained.toString(StandardCharsets.UTF_8);
  }

  JsonNode posted(String path) {
    return Objects.requireNonNull(cloud.posted.get(path), path);
  }
}
