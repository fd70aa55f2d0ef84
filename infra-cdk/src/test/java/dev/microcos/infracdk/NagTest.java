package dev.microcos.infracdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.microcos.core.wire.workflow.WorkflowDefinition;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Matcher;

/** The rules of cdk-nag's AwsSolutions pack, over what is really deployed: with jars and page. */
class NagTest {
  private static final Matcher FINDING = Match.stringLikeRegexp("AwsSolutions-.*");

  @TempDir private Path root = Path.of("");

  @Test
  void finds_nothing_that_is_not_acknowledged_with_a_reason() throws Exception {
    assumeTrue(TemplatesTest.nodeIsThere(), "Node is not installed: nothing is synthesized");
    build();
    SortedMap<String, WorkflowDefinition> workflows = Definitions.in(Path.of(".."));
    App app = new App(AppProps.builder().analyticsReporting(false).build());
    List<MicrocosStack> stacks =
        Environment.ALL.stream()
            .map(each -> new MicrocosStack(app, each, new Artifacts.Built(root), workflows))
            .toList();
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(false).build());
    for (MicrocosStack stack : stacks) {
      Annotations found = Annotations.fromStack(stack);
      found.hasNoError("*", FINDING);
      found.hasNoWarning("*", FINDING);
    }
  }

  private void build() throws IOException {
    for (String function : List.of("ingress", "reducer", "realtime", "assistant", "steps")) {
      Path jar = root.resolve(Artifacts.jar(function));
      Files.createDirectories(jar.getParent());
      Files.writeString(jar, function);
    }
    Files.createDirectories(root.resolve("web/dist/assets"));
    Files.writeString(root.resolve("web/dist/index.html"), "<!doctype html>");
  }
}
