package dev.microcos.infracdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.wire.workflow.WorkflowDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/**
 * The committed templates: what AWS gets, without what only one machine or one build knows. They
 * name each jar by its path, and hold neither hashes of code nor metadata of the CDK.
 */
public final class Templates {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A version's name ends in the CDK's hashes of its path and of all that the version is. */
  private static final Pattern VERSION =
      Pattern.compile("(\\w+)FunctionCurrentVersion[0-9A-F]{8}[0-9a-f]{32}");

  private Templates() {}

  /** Synthesizes the template of an environment; needs Node, and no jars. */
  public static String of(
      Environment environment, SortedMap<String, WorkflowDefinition> workflows) {
    App app = new App(AppProps.builder().analyticsReporting(false).context(QUIET).build());
    MicrocosStack stack = new MicrocosStack(app, environment, new Artifacts.Named(), workflows);
    Object template = app.synth().getStackByName(stack.getStackName()).getTemplate();
    return normalised(JSON.valueToTree(template));
  }

  /** The settings of synthesis without traces of the machine it runs on. */
  static final Map<String, Object> QUIET =
      Map.of(
          "aws:cdk:disable-version-reporting", true,
          "aws:cdk:enable-path-metadata", false,
          "aws:cdk:enable-asset-metadata", false,
          "aws:cdk:disable-stack-trace", true);

  private static String normalised(JsonNode template) {
    template
        .path("Resources")
        .forEach(resource -> {
          if (resource instanceof ObjectNode fields) {
            fields.remove("Metadata");
          }
        });
    return VERSION.matcher(template.toPrettyString()).replaceAll("$1Version") + "\n";
  }

  /**
   * Writes every environment's template into the folder given as the only argument, {@code
   * infra-cdk/templates} of the repository.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    SortedMap<String, WorkflowDefinition> workflows = Definitions.in(folder.resolve("../.."));
    for (Environment environment : Environment.ALL) {
      Files.writeString(folder.resolve(environment.name() + ".json"), of(environment, workflows));
    }
  }
}
