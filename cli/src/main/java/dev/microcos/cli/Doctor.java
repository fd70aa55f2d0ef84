package dev.microcos.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at everything that a start needs and names the next step for what is amiss. */
@Command(
    name = "doctor",
    description = "look for what is missing or in the way, and say what helps")
final class Doctor implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    Settings settings = common.settings();
    DataFolder folder = common.dataFolder();
    Optional<Running> running = folder.running();
    int page = running.map(Running::port).orElse(Ports.page(settings));
    int admin = running.map(Running::adminPort).orElse(Ports.ADMIN);
    int aws = running.map(Running::awsPort).orElse(Ports.AWS);
    boolean held = running.isPresent();
    List<Finding> findings =
        List.of(
            Checks.jdk(),
            Checks.tool("Maven", 3, "only builds need it", "mvn", "-B", "-q", "--version"),
            Checks.tool("Node", 20, "only builds of the page need it", "node", "--version"),
            Checks.port("--port", page, held),
            Checks.port("--admin-port", admin, held),
            Checks.port("--aws-port", aws, held),
            Checks.data(folder.path()),
            Checks.cloud(running),
            Checks.model(settings));
    if (common.json()) {
      Out.line(Json.pretty(tree(findings)));
    } else {
      findings.forEach(Doctor::tell);
    }
    boolean bad = findings.stream().anyMatch(one -> one.health() == Finding.Health.BAD);
    return bad ? Failure.FAILED : 0;
  }

  private static void tell(Finding finding) {
    String mark =
        switch (finding.health()) {
          case GOOD -> "ok  ";
          case NOTE -> "note";
          case BAD -> "BAD ";
        };
    Out.line(mark + "  " + "%-12s".formatted(finding.subject()) + " " + finding.detail());
    if (!finding.next().isEmpty()) {
      Out.line("      next: " + finding.next());
    }
  }

  private static ArrayNode tree(List<Finding> findings) {
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    findings.forEach(finding ->
        tree.addObject()
            .put("subject", finding.subject())
            .put("health", finding.health().name().toLowerCase(Locale.ROOT))
            .put("detail", finding.detail())
            .put("next", finding.next()));
    return tree;
  }
}
