package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, in a small copy of the repository with stand-ins for the tools. */
class LauncherTest {
  private static final List<String> ORDINARY =
      List.of(
          "bash",
          "env",
          "readlink",
          "find",
          "head",
          "tail",
          "sed",
          "grep",
          "cat",
          "cut",
          "mkdir",
          "rm",
          "mv",
          "touch",
          "sleep");

  private record Outcome(int code, String out, String err) {}

  @TempDir private Path folder = Path.of("");

  private Path home = Path.of("");
  private Path tools = Path.of("");
  private Path jdks = Path.of("");

  @BeforeEach
  void lay_out() throws IOException {
    assumeThat(find("bash")).as("bash is here").exists();
    home = Files.createDirectories(folder.resolve("a home"));
    tools = Files.createDirectories(folder.resolve("tools"));
    jdks = Files.createDirectories(folder.resolve("jdks"));
    Files.copy(Path.of("../microcos"), home.resolve("microcos"));
    Files.createDirectories(home.resolve("cli/src/main/java"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    for (String tool : ORDINARY) {
      tool(tool, "exec " + find(tool) + " \"$@\"");
    }
  }

  @Test
  void without_a_jdk_it_says_how_to_get_one() throws Exception {
    jdk("jdk-24", "24.0.2");

    Outcome outcome = run("up");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("JDK 25").contains("install it:");
  }

  @Test
  void without_maven_it_says_how_to_get_it() throws Exception {
    jdk("jdk-25", "25.0.1");

    Outcome outcome = run("up");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("Maven").contains("install it:");
  }

  @Test
  void without_node_it_says_how_to_get_it() throws Exception {
    jdk("jdk-25", "25.0.1");
    maven("");
    tool("node", "echo v18.19.0");
    tool("npm", "");

    Outcome outcome = run("up");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("Node 20").contains("install it:");
  }

  @Test
  void with_nothing_on_the_path_it_says_no_more_than_what_is_missing() throws Exception {
    assertThat(run(Map.of("PATH", ""), "up").err()).hasLineCount(1).contains("JDK 25");

    jdk("jdk-25", "25.0.1");
    String missing = run(Map.of("PATH", "/nowhere"), "up").err();
    assertThat(missing)
        .hasLineCount(1)
        .containsPattern("Maven is needed|Node 20 or newer|cannot be made");
  }

  @Test
  void it_builds_once_and_again_when_a_source_is_newer() throws Exception {
    everything();

    assertThat(run("state", "--json").out()).contains("-jar").endsWith(" state --json\n");
    assertThat(home.resolve("cli/target/client.aot")).as("tried once").isEmptyFile();
    assertThat(builds()).isEqualTo(1);

    assertThat(run("state").err()).isEmpty();
    assertThat(builds()).isEqualTo(1);

    Path source = Files.writeString(home.resolve("cli/src/main/java/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run("state").err()).contains("Building");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void a_test_or_a_workflow_that_changed_builds_nothing() throws Exception {
    everything();
    run("state");

    for (String file :
        List.of("cli/src/test/java/NewTest.java", "statemachines/greet/workflow.json")) {
      Path changed = home.resolve(file);
      Files.createDirectories(Objects.requireNonNull(changed.getParent()));
      Files.writeString(changed, "");
      Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(60)));
    }
    run("state");

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_jar_that_maven_packaged_since_is_prepared_again() throws Exception {
    everything();
    run("state");
    Path jar = home.resolve("cli/target/microcos.jar");
    Path cache = home.resolve("cli/target/microcos.aot");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));

    assertThat(run("state").err()).isEmpty();

    Files.setLastModifiedTime(cache, FileTime.from(Instant.now().minusSeconds(120)));
    assertThat(run("state").err()).contains("Preparing fast starts");
    assertThat(run("state").err()).as("the same jar").isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_failed_build_shows_why_and_where_the_log_is() throws Exception {
    everything();
    maven("echo '[ERROR] Foo.java:[3,4] cannot find symbol'; exit 1");

    Outcome outcome = run("state");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("cannot find symbol").contains("build.log");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void java_home_comes_first_if_it_is_new_enough() throws Exception {
    everything();
    Path chosen = jdk("jdk-26", "26");
    Path old = jdk("jdk-17", "17.0.15");

    assertThat(run(Map.of("JAVA_HOME", chosen.toString()), "state").out()).startsWith("jdk-26 ");
    assertThat(run(Map.of("JAVA_HOME", old.toString()), "state").out()).startsWith("jdk-25 ");
  }

  @Test
  void it_can_be_called_by_a_link_from_elsewhere() throws Exception {
    everything();
    Files.createSymbolicLink(tools.resolve("cos"), home.resolve("microcos"));

    Outcome outcome = run(Map.of(), List.of(tools.resolve("cos").toString(), "state"), folder);

    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("-Dmicrocos.home=" + home.toRealPath());
  }

  private void everything() throws IOException {
    jdk("jdk-25", "25.0.1");
    maven("");
    tool("node", "echo v22.1.0");
    tool("npm", "");
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = jdks.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(
        jdk.resolve("release"), "JAVA_VENDOR=\"x\"\nJAVA_VERSION=\"" + version + "\"");
    script(jdk.resolve("bin/java"), "echo " + name + " \"$@\"");
    script(jdk.resolve("bin/javac"), "");
    return jdk;
  }

  private void maven(String body) throws IOException {
    tool(
        "mvn",
        "echo build >>'%s'\n%s\nmkdir -p '%s'; touch '%s'"
            .formatted(
                folder.resolve("builds"),
                body,
                home.resolve("cli/target"),
                home.resolve("cli/target/microcos.jar")));
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private void tool(String name, String body) throws IOException {
    script(tools.resolve(name), body);
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!" + find("bash") + "\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome run(String... arguments) throws Exception {
    return run(Map.of(), arguments);
  }

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("microcos").toString()));
    command.addAll(List.of(arguments));
    return run(environment, command, home);
  }

  private Outcome run(Map<String, String> environment, List<String> command, Path in)
      throws Exception {
    Path err = folder.resolve("err");
    List<String> all = new ArrayList<>(List.of(find("bash").toString()));
    all.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(all).directory(in.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", folder.resolve("nobody").toString());
    builder.environment().put("MICROCOS_JDKS", jdks.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }

  private static Path find(String tool) {
    for (String folder : new String[] {"/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"}) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return Path.of(folder, tool);
      }
    }
    return Path.of("/nowhere", tool);
  }
}
