package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run in words, for a person at a terminal. */
final class RunText {
  private RunText() {}

  /** One line of a list: id, status, when, title. */
  static String brief(JsonNode run) {
    String title = Json.text(run, "title");
    String workflow = Json.text(run, "workflow");
    return "%s  %-14s  %s  %s"
        .formatted(
            Json.text(run, "run_id"),
            Json.text(run, "status"),
            Json.text(run, "started_at"),
            title.isEmpty() || title.equals(workflow) ? workflow : title + " (" + workflow + ")");
  }

  /** The whole of it, line by line. */
  static void show(JsonNode run) {
    String id = Json.text(run, "run_id");
    Out.line(Json.text(run, "title") + " (" + Json.text(run, "workflow") + ")");
    Out.line("  run      " + id);
    Out.line("  status   " + Json.text(run, "status") + took(run));
    fact("rerun of ", Json.text(run, "rerun_of"));
    fact("cost     ", cost(run.path("cost")));
    JsonNode error = run.path("error");
    if (!error.isMissingNode()) {
      fact("error    ", because(Json.text(error, "code"), Json.text(error, "cause")));
    }
    steps(run).forEach(RunText::step);
    open(run.path("questions"))
        .forEach(question -> question(id, question.getKey(), question.getValue()));
    open(run.path("waits")).forEach(wait -> wait(wait.getValue()));
    part(run, run.has("result") ? "result" : "state");
  }

  /** A question, with the command that answers it. */
  static void question(String run, String input, JsonNode question) {
    Out.line("  ?  " + Json.text(question, "prompt").replace("\n", "\n     "));
    Out.line(
        "     by " + Json.text(question, "deadline") + ", as " + form(question.path("schema")));
    Out.line("     answer it: ./microcos answer " + run + " " + input + " VALUE");
  }

  /** What a run waits for. */
  static void wait(JsonNode wait) {
    Out.line(
        "  …  waits for the signal "
            + Json.text(wait, "signal")
            + " until "
            + Json.text(wait, "deadline"));
  }

  /** {@code 1.2 s}, of milliseconds. */
  static String duration(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    Duration duration = Duration.ofMillis(millis);
    return millis < 60_000
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : duration.toHours() > 0
            ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
            : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  /** Tokens and dollars, or an empty text. */
  static String cost(JsonNode cost) {
    long tokens = cost.path("input_tokens").asLong() + cost.path("output_tokens").asLong();
    long micro = cost.isNumber() ? cost.asLong() : cost.path("micro_usd").asLong();
    String dollars = micro == 0 ? "" : String.format(Locale.ROOT, "$%.6f", micro / 1e6);
    return tokens == 0 ? dollars : (tokens + " tokens " + dollars).strip();
  }

  /** An error's name with its cause, if there is one. */
  static String because(String error, String cause) {
    return cause.isEmpty() ? error : error + ": " + cause;
  }

  private static void fact(String name, String text) {
    if (!text.isEmpty()) {
      Out.line("  " + name + text);
    }
  }

  private static List<JsonNode> steps(JsonNode run) {
    return run.path("steps").properties().stream()
        .map(Map.Entry::getValue)
        .sorted(Comparator.<JsonNode>comparingLong(step -> step.path("order").asLong()))
        .toList();
  }

  private static void step(JsonNode step) {
    String mark =
        switch (Json.text(step, "status")) {
          case "completed" -> "✓";
          case "failed" -> "✗";
          case "cancelled" -> "-";
          default -> "▸";
        };
    StringBuilder line = new StringBuilder("  " + mark + "  " + title(step));
    if (step.path("attempt").asInt(1) > 1) {
      line.append(", attempt ").append(step.path("attempt").asInt());
    }
    if (step.has("duration_ms")) {
      line.append("  ").append(duration(step.path("duration_ms").asLong()));
    }
    String cost = cost(step.path("cost"));
    if (!cost.isEmpty()) {
      line.append("  ").append(cost);
    }
    if (step.has("error")) {
      line.append("  ").append(because(Json.text(step, "error"), Json.text(step, "cause")));
    }
    Out.line(line.toString());
  }

  /** What a step is called, for people. */
  static String title(JsonNode step) {
    String title = Json.text(step, "title");
    String name = title.isEmpty() ? Json.text(step, "name") : title;
    return step.has("index") ? name + " [" + step.path("index").asInt() + "]" : name;
  }

  private static List<Map.Entry<String, JsonNode>> open(JsonNode all) {
    return all.properties().stream()
        .filter(each -> Json.text(each.getValue(), "status").equals("open"))
        .toList();
  }

  /** A schema in brief: what a value may be. */
  private static String form(JsonNode schema) {
    if (schema.has("enum")) {
      return "one of " + Json.line(schema.path("enum"));
    }
    if (schema.path("properties").isEmpty()) {
      return schema.has("type") ? schema.path("type").asText("JSON") : "JSON or text";
    }
    return "{"
        + String.join(
            ", ",
            schema.path("properties").properties().stream()
                .map(part -> "\"" + part.getKey() + "\": " + form(part.getValue()))
                .toList())
        + "}";
  }

  private static void part(JsonNode run, String name) {
    if (run.has(name)) {
      Out.line(name + ":");
      Out.line(Json.pretty(run.path(name)));
    }
  }

  private static String took(JsonNode run) {
    try {
      Instant from = Instant.parse(Json.text(run, "started_at"));
      Instant to = Instant.parse(Json.text(run, "completed_at"));
      return ", after " + duration(Duration.between(from, to).toMillis());
    } catch (DateTimeParseException e) {
      return "";
    }
  }
}
