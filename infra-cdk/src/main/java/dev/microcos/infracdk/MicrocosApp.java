package dev.microcos.infracdk;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.nio.file.Path;
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
    Artifacts artifacts = new Artifacts.Built(Path.of(arguments[0]));
    for (Environment environment : Environment.ALL) {
      new MicrocosStack(app, environment, artifacts);
    }
    Aspects.of(app).add(new AwsSolutionsChecks());
    app.synth();
  }
}
