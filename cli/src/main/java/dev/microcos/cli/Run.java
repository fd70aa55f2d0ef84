package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a workflow, or runs a definition file in this process. */
@Command(
    name = "run",
    description = "run a workflow; a definition's FILE.json runs here, without a server")
final class Run implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(index = "0", paramLabel = "NAME|FILE", description = "what to run")
  private String what = "";

  @Parameters(
      index = "1..*",
      paramLabel = "K=V|@FILE",
      arity = "0..*",
      description = "its input: values that are JSON or text, or a file that holds an object")
  private List<String> words = List.of();

  @Option(names = "--watch", description = "follow it to its end; the exit code is the run's")
  private boolean watch;

  @Option(names = "--start-step", paramLabel = "STEP", description = "begin there")
  private @Nullable String startStep;

  @Override
  public Integer call() {
    if (what.endsWith(".json") || Files.isRegularFile(Path.of(what))) {
      return runHere(LocalDefinition.read(Path.of(what)));
    }
    Client client = common.client();
    JsonNode workflows = client.get("/v1/workflows").path("workflows");
    if (!workflows.has(what)) {
      List<String> known = new ArrayList<>();
      workflows.fieldNames().forEachRemaining(known::add);
      throw Failure.failed(
          "there is no workflow " + what,
          known.isEmpty()
              ? "make it: ./microcos new " + what
              : "choose one of " + String.join(", ", known) + ", or ./microcos new " + what);
    }
    ObjectNode body = Json.object().put("workflow", what).put("client_action_id", Ids.actionId());
    body.set("input", Arguments.object(words, workflows.path(what).path("input_schema")));
    if (startStep != null) {
      body.put("start_step", startStep);
    }
    return started(client, start(client, body));
  }

  private int runHere(LocalDefinition definition) {
    JsonNode ended =
        definition.run(
            definition.input(words), startStep, watch && !common.json() ? Out::line : _ -> {});
    boolean done = Json.text(ended, "status").equals("SUCCEEDED");
    if (common.json()) {
      Out.line(Json.line(ended));
    } else if (done) {
      Out.line(Json.pretty(Json.read(Json.text(ended, "output"))));
    } else {
      throw Failure.failed(
          "the run ended as "
              + Json.text(ended, "status")
              + ", "
              + RunText.because(Json.text(ended, "error"), Json.text(ended, "cause")),
          "mend " + what + " and run it again; --watch shows its states as they come");
    }
    return done ? 0 : Failure.FAILED;
  }

  private JsonNode start(Client client, ObjectNode body) {
    try {
      return client.post("/v1/runs", body);
    } catch (Failure failure) {
      throw failure.status() == 400
          ? failure.withNext("see ./microcos workflows for what " + what + " takes")
          : failure;
    }
  }

  private int started(Client client, JsonNode reply) {
    String id = Json.text(reply, "run_id");
    if (watch) {
      return new RunFollower(client, id, common.json()).follow();
    }
    if (common.json()) {
      Out.line(Json.line(reply));
      return 0;
    }
    Out.line(id);
    Out.line("  page   " + Json.text(reply, "run_url"));
    Out.line("  watch  ./microcos watch " + id);
    return 0;
  }
}
