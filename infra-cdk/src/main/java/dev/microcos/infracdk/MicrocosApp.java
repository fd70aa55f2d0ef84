package dev.microcos.infracdk;

import dev.microcos.core.wire.workflow.WorkflowDefinition;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
import java.util.SortedMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/** The app behind {@code cdk deploy}: every environment with the jars as they are built. */
public final class MicrocosApp {
  private MicrocosApp() {}

  /**
   * Synthesizes into the folder that the CDK command names; the argument is the repository's root.
   */
  public static void main(String[] arguments) {
    App app = new App();
    Path root = Path.of(arguments[0]);
    Artifacts artifacts = new Artifacts.Built(root);
    SortedMap<String, WorkflowDefinition> workflows = Definitions.in(root);
    for (Environment environment : Environment.ALL) {
      new MicrocosStack(app, environment, artifacts, workflows);
    }
    Aspects.of(app).add(new AwsSolutionsChecks());
    app.synth();
  }
}
