package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the person's log, one event a line. */
@Command(
    name = "events",
    description = "print your log, one event a line (with --json one JSON object a line)")
final class Events implements Callable<Integer> {
  private static final int PAGE = 200;

  @Mixin private Common common = new Common();

  @Option(names = "--after", paramLabel = "SEQ", description = "only what came after this seq")
  private long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "at most this many, the oldest first")
  private int limit = 1_000_000;

  @Override
  public Integer call() {
    Client client = common.client();
    long cursor = after;
    int left = limit;
    while (left > 0) {
      JsonNode page = client.get("/v1/events?after=" + cursor + "&limit=" + Math.min(left, PAGE));
      JsonNode events = page.path("events");
      for (JsonNode event : events) {
        Out.line(common.json() ? Json.line(event) : line(event));
        cursor = Math.max(cursor, event.path("seq").asLong());
        left--;
      }
      if (events.isEmpty() || !page.hasNonNull("next")) {
        return 0;
      }
    }
    return 0;
  }

  /** One event on one line. */
  static String line(JsonNode event) {
    JsonNode payload = event.path("payload");
    String brief = Json.text(payload, "title");
    for (String field : new String[] {"text", "detail", "task_id", "operation_id"}) {
      if (brief.isEmpty()) {
        brief = Json.text(payload, field);
      }
    }
    brief = brief.replaceAll("\\s+", " ");
    return "%6d  %s  %-22s %s"
        .formatted(
            event.path("seq").asLong(),
            Json.text(event, "timestamp"),
            Json.text(event, "type"),
            brief.length() > 80 ? brief.substring(0, 79) + "…" : brief);
  }
}
