package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the runs, the newest first. */
@Command(name = "runs", description = "print your runs, the newest first")
final class Runs implements Callable<Integer> {
  private static final int PAGE = 100;

  @Mixin private Common common = new Common();

  @Option(
      names = "--status",
      paramLabel = "S",
      description =
          "only these: pending, running, waiting_input, waiting_signal, completed, failed,"
              + " cancelled or timed_out")
  private @Nullable String status;

  @Option(names = "--workflow", paramLabel = "NAME", description = "only those of this workflow")
  private @Nullable String workflow;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "at most this many (default: 50)")
  private int limit = 50;

  @Override
  public Integer call() {
    Client client = common.client();
    String filter = query("status", status) + query("workflow", workflow);
    String before = "";
    int left = limit;
    do {
      JsonNode page = client.get("/v1/runs?limit=" + Math.min(left, PAGE) + filter + before);
      for (JsonNode run : page.path("runs")) {
        Out.line(common.json() ? Json.line(run) : RunText.brief(run));
        left--;
      }
      String next = page.path("runs").isEmpty() ? "" : Json.text(page, "next");
      before = query("before", next.isEmpty() ? null : next);
    } while (left > 0 && !before.isEmpty());
    if (left == limit && !common.json()) {
      Out.line("no runs" + (filter.isEmpty() ? " yet; see ./microcos workflows" : " like that"));
    }
    return 0;
  }

  private static String query(String name, @Nullable String value) {
    return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
