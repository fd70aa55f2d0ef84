package dev.microcos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks before the CDK is called, and how it is called: here a script stands in for it. */
class CdkTest {
  @TempDir private Path home = Path.of("");

  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void lay_out() throws IOException {
    assumeTrue(
        Checks.tool("Node", 20, "", "node", "--version").health() == Finding.Health.GOOD,
        "Node is not installed");
    Files.createDirectories(home.resolve("infra-cdk"));
    for (String function : List.of("ingress", "reducer", "realtime", "assistant", "steps")) {
      built("functions/" + function + "/target/functions-" + function + ".jar");
    }
    built("web/dist/index.html");
    Path cdk = home.resolve("cdk");
    Files.writeString(
        cdk,
        """
        #!/bin/sh
        printf '%s ' "$@" >called
        printf '%s' "$AWS_PROFILE" >profile
        [ "$2" != microcos-staging ]
        """);
    assumeTrue(cdk.toFile().setExecutable(true));
    variables.putAll(
        Map.of("MICROCOS_CDK", cdk.toString(), "AWS_PROFILE", "work", "HOME", home.toString()));
  }

  private void built(String file) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "");
  }

  private int run(String command, String environment, String... options) {
    return new Cdk(new Settings(variables), home).run(command, environment, List.of(options));
  }

  @Test
  void the_cdk_is_called_beside_its_app_with_the_stack_and_the_profile() throws IOException {
    assertThat(run("deploy", "development", "--require-approval=never")).isZero();

    assertThat(home.resolve("infra-cdk/called"))
        .hasContent("deploy microcos-development --require-approval=never ");
    assertThat(home.resolve("infra-cdk/profile")).hasContent("work");
  }

  @Test
  void its_exit_code_is_given_back() {
    assertThat(run("diff", "staging")).isEqualTo(1);
  }

  @Test
  void an_environment_that_there_is_not_is_refused() {
    assertThatThrownBy(() -> run("deploy", "prod"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Failure.WRONG_USE);
              assertThat(failure.next()).contains("development, staging, production");
            });
  }

  @Test
  void without_credentials_it_says_how_to_get_some() {
    variables.remove("AWS_PROFILE");

    assertThatThrownBy(() -> run("deploy", "development"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.what()).isEqualTo("there are no AWS credentials");
              assertThat(failure.next()).contains("AWS_PROFILE");
            });
    assertThat(home.resolve("infra-cdk/called")).doesNotExist();
  }

  @Test
  void without_a_jar_it_says_how_to_build_it() throws IOException {
    Files.delete(home.resolve("functions/reducer/target/functions-reducer.jar"));

    assertThatThrownBy(() -> run("deploy", "development"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.what()).contains("functions-reducer.jar is not built");
              assertThat(failure.next()).startsWith("mvn -B -ntp package -DskipTests");
            });
  }

  @Test
  void a_cdk_that_cannot_be_run_is_told() {
    variables.put("MICROCOS_CDK", home.resolve("nowhere").toString());

    assertThatThrownBy(() -> run("diff", "development"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.next()).contains("install Node 20"));
  }

  @Test
  void production_is_not_destroyed_and_half_an_issuer_is_not_taken() {
    assertThat(Microcos.run("destroy", "production", "--yes")).isEqualTo(Failure.WRONG_USE);
    assertThat(Microcos.run("deploy", "development", "--issuer=https://issuer"))
        .isEqualTo(Failure.WRONG_USE);
  }
}
