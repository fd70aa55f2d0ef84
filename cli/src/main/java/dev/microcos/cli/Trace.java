package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints all that one request caused: events under what caused them, then model and tool calls. */
@Command(name = "trace", description = "print all that one request caused, in order, with parents")
final class Trace implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "REQUEST", description = "its id, req_…")
  private String request = "";

  @Override
  public Integer call() {
    if (!request.matches("req_[0-9a-f-]+")) {
      throw Failure.wrongUse(
          "not the id of a request: " + request,
          "give one like req_…; ./microcos events --json shows them as request_id");
    }
    JsonNode trace = trace();
    if (common.json()) {
      Out.line(Json.pretty(trace));
      return 0;
    }
    Out.line(request);
    Map<String, Integer> depths = new HashMap<>();
    for (JsonNode event : trace.path("events")) {
      int depth = depths.getOrDefault(Json.text(event, "causation_id"), 0) + 1;
      depths.put(Json.text(event, "event_id"), depth);
      Out.line("  ".repeat(depth) + Events.line(event).strip());
    }
    for (JsonNode call : trace.path("operations")) {
      Out.line("  " + call(call));
    }
    return 0;
  }

  private JsonNode trace() {
    Client client = common.client();
    try {
      return client.get("/v1/trace/" + request);
    } catch (Failure failure) {
      if (failure.code() == Failure.FAILED && failure.what().contains("(404)")) {
        throw Failure.failed(
            "nothing is known of " + request,
            "see ./microcos events --json for the request_id of each event, or name its person"
                + " with --as");
      }
      throw failure;
    }
  }

  /** One model or tool call, with what the server tells of it in brief. */
  private static String call(JsonNode call) {
    StringBuilder line = new StringBuilder();
    String id = Json.text(call, "operation_id");
    line.append(id.isEmpty() ? Json.text(call, "id") : id);
    for (String field : new String[] {"kind", "model", "status", "failure"}) {
      if (call.hasNonNull(field)) {
        line.append("  ").append(Json.text(call, field));
      }
    }
    for (String field : new String[] {"input_tokens", "output_tokens", "latency_ms"}) {
      if (call.hasNonNull(field)) {
        line.append("  ").append(field).append(' ').append(Json.text(call, field));
      }
    }
    return line.toString();
  }
}
