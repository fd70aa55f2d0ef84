package dev.microcos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The command of the CDK, in the one version that knows what our app synthesizes. */
final class Cdk {
  /** Kept with the version of aws-cdk-lib; {@code latest} on npm reads older assemblies only. */
  static final String PINNED = "aws-cdk@2.1148.1";

  private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");
  private static final List<String> ARTIFACTS =
      List.of(
          "functions/ingress/target/functions-ingress.jar",
          "functions/reducer/target/functions-reducer.jar",
          "functions/realtime/target/functions-realtime.jar",
          "functions/assistant/target/functions-assistant.jar",
          "functions/steps/target/functions-steps.jar",
          "web/dist/index.html");
  private static final String BUILD = "mvn -B -ntp package -DskipTests";

  private final Settings settings;
  private final Path home;

  Cdk(Settings settings, Path home) {
    this.settings = settings;
    this.home = home;
  }

  /**
   * Checks what is needed, then runs the CDK in this terminal.
   *
   * @return the CDK's exit code
   */
  int run(String subcommand, String environment, List<String> options) {
    if (!ENVIRONMENTS.contains(environment)) {
      throw Failure.wrongUse(
          "there is no environment " + environment, "choose " + String.join(", ", ENVIRONMENTS));
    }
    needNode();
    needCredentials();
    needArtifacts();
    List<String> command = new ArrayList<>(cdk());
    command.addAll(List.of(subcommand, "microcos-" + environment));
    command.addAll(options);
    return start(command);
  }

  /** The CDK through npx, or what {@code MICROCOS_CDK} names. */
  private List<String> cdk() {
    return settings.get("MICROCOS_CDK").map(List::of).orElse(List.of("npx", "--yes", PINNED));
  }

  private static void needNode() {
    Finding node = Checks.tool("Node", 20, "the CDK runs on it", "node", "--version");
    if (node.health() != Finding.Health.GOOD) {
      throw Failure.failed("Node: " + node.detail(), node.next());
    }
  }

  /** Only whether there are any: whether AWS takes them, the CDK says. */
  private void needCredentials() {
    boolean named =
        Stream.of(
                "AWS_ACCESS_KEY_ID",
                "AWS_PROFILE",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI")
            .anyMatch(name -> settings.get(name).isPresent());
    Path folder = Path.of(settings.get("HOME").orElse("")).resolve(".aws");
    if (!named
        && !Files.exists(folder.resolve("credentials"))
        && !Files.exists(folder.resolve("config"))) {
      throw Failure.failed(
          "there are no AWS credentials",
          "aws configure sso, or set AWS_PROFILE to a profile that may deploy");
    }
  }

  private void needArtifacts() {
    Optional<String> missing =
        ARTIFACTS.stream().filter(file -> !Files.exists(home.resolve(file))).findFirst();
    if (missing.isPresent()) {
      throw Failure.failed(missing.get() + " is not built", BUILD + " in " + home);
    }
  }

  private int start(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.resolve("infra-cdk").toFile()).inheritIO();
    Map<String, String> variables = new HashMap<>();
    variables.put("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1");
    settings
        .values()
        .forEach((name, value) -> {
          if (name.startsWith("AWS_")) {
            variables.put(name, value);
          }
        });
    builder.environment().putAll(variables);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw Failure.failed(
          command.getFirst() + " cannot be run: " + e.getMessage(),
          "install Node 20 or newer with npm, or set MICROCOS_CDK to the CDK's command");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", "see the stack in CloudFormation before trying again");
    }
  }
}
