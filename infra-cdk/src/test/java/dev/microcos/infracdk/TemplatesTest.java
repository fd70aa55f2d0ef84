package dev.microcos.infracdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplatesTest {

  @Test
  void the_committed_templates_are_what_the_code_makes_of_each_environment() throws Exception {
    assumeTrue(nodeIsThere(), "Node is not installed: the templates are not synthesized again");
    for (Environment environment : Environment.ALL) {
      assertThat(Templates.of(environment, Definitions.in(Path.of(".."))))
          .as(
              "templates/%s.json; write it: mvn -q -pl infra-cdk -am compile exec:exec@templates",
              environment.name())
          .isEqualTo(Committed.of(environment).text());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.microcos.infracdk.Committed#all")
  void environments_share_no_name(Committed template) {
    for (Environment other : Environment.ALL) {
      if (!other.equals(template.environment())) {
        assertThat(template.text()).doesNotContain("microcos-" + other.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.microcos.infracdk.Committed#all")
  void a_template_holds_nothing_of_the_machine_that_made_it(Committed template) {
    assertThat(template.text())
        .doesNotContain("aws:cdk", "CDKMetadata", "aws:asset", System.getProperty("user.dir"));
  }

  static boolean nodeIsThere() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
