package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Follows a run by its log, from its first event to its last. The socket only says that there is
 * more; what it leaves out or is too large for it is read.
 */
final class RunFollower {
  private static final List<String> ENDS =
      List.of("run.completed", "run.failed", "run.cancelled", "run.timed_out");

  /** The gateway closes a socket on which nothing was sent for ten minutes. */
  private static final Duration PING_EVERY = Duration.ofMinutes(5);

  private final Client client;
  private final String id;
  private final boolean json;
  private final Map<String, String> titles = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private long seq;
  private String end = "";

  RunFollower(Client client, String id, boolean json) {
    this.client = client;
    this.id = id;
    this.json = json;
  }

  /**
   * Prints what happens until the run has ended.
   *
   * @return the exit code: 0 if it completed, else 1
   */
  int follow() {
    readOn();
    if (end.isEmpty()) {
      Thread leaving =
          Thread.ofPlatform()
              .unstarted(() -> System.err.println("The run goes on: ./microcos watch " + id));
      Runtime.getRuntime().addShutdownHook(leaving);
      try (Frames frames = client.frames(0, this::subscribe)) {
        while (end.isEmpty()) {
          frames.next(PING_EVERY).ifPresentOrElse(this::take, () -> ping(frames));
        }
      } finally {
        forget(leaving);
      }
    }
    if (!json) {
      finish();
    }
    return end.equals("run.completed") ? 0 : Failure.FAILED;
  }

  private void subscribe(Frames frames) {
    frames.send(Json.object().put("action", "subscribe").put("run_id", id).put("after", seq));
  }

  private void ping(Frames frames) {
    frames.send(Json.object().put("action", "ping"));
    readOn();
  }

  private void take(JsonNode frame) {
    if (!Json.text(frame, "type").equals("run") || !Json.text(frame, "run_id").equals(id)) {
      return;
    }
    JsonNode events = frame.path("events");
    boolean whole =
        frame.path("from").asLong(-1) == seq
            && !events.isEmpty()
            && StreamSupport.stream(events.spliterator(), false)
                .allMatch(event -> event.has("seq") && event.has("payload"));
    if (whole) {
      events.forEach(this::tell);
      seq = Math.max(seq, frame.path("seq").asLong());
    } else if (frame.path("seq").asLong() > seq) {
      readOn();
    }
  }

  private void readOn() {
    JsonNode page;
    do {
      page = client.get("/v1/runs/" + id + "/events?after=" + seq + "&limit=200");
      page.path("events").forEach(this::tell);
    } while (page.hasNonNull("next") && !page.path("events").isEmpty());
  }

  private void tell(JsonNode event) {
    if (!told.add(Json.text(event, "event_id"))) {
      return;
    }
    seq = Math.max(seq, event.path("seq").asLong());
    String type = Json.text(event, "type");
    if (ENDS.contains(type)) {
      end = type;
    }
    if (json) {
      Out.line(Json.line(event));
    } else {
      line(type, event.path("payload"));
    }
  }

  private void line(String type, JsonNode fact) {
    String step = Json.text(fact, "step_id");
    switch (type) {
      case "run.started" ->
          Out.line(Json.text(fact, "title") + " (" + Json.text(fact, "workflow") + ")  " + id);
      case "step.started" -> {
        titles.put(step, RunText.title(fact));
        int attempt = fact.path("attempt").asInt(1);
        Out.line("  ▸  " + title(step) + (attempt > 1 ? ", attempt " + attempt : ""));
      }
      case "step.completed" ->
          Out.line(
              ("  ✓  " + title(step) + "  " + took(fact) + "  " + RunText.cost(fact.path("cost")))
                  .stripTrailing());
      case "step.failed" ->
          Out.line(
              "  ✗  "
                  + title(step)
                  + "  "
                  + RunText.because(Json.text(fact, "error"), Json.text(fact, "cause")));
      case "input.required" -> RunText.question(id, Json.text(fact, "input_id"), fact);
      case "input.received" ->
          Out.line("  !  answered by " + Json.text(fact, "by") + ": " + fact.path("value"));
      case "wait.registered" -> RunText.wait(fact);
      case "signal.received" -> Out.line("  !  the signal " + Json.text(fact, "signal"));
      default -> {}
    }
  }

  private String title(String step) {
    return titles.getOrDefault(step, step);
  }

  private static String took(JsonNode fact) {
    return RunText.duration(fact.path("duration_ms").asLong());
  }

  /** How it ended, with what came of it. */
  private void finish() {
    JsonNode run = RunIds.get(client, id);
    Out.line(Json.text(run, "status"));
    JsonNode error = run.path("error");
    if (!error.isMissingNode()) {
      Out.line(RunText.because(Json.text(error, "code"), Json.text(error, "cause")));
      Out.line("next: ./microcos rerun " + id + " --from STEP, or ./microcos show " + id);
    } else if (run.has("result")) {
      Out.line(Json.pretty(run.path("result")));
    }
  }

  private static void forget(Thread hook) {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook has said so.
    }
  }
}
