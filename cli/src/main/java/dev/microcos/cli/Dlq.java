package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the local cloud gave up on: shows it, or gives it another chance. */
@Command(
    name = "dlq",
    description = "what was given up on: dlq list shows it, dlq redrive retries it")
final class Dlq implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "list|redrive", description = "look, or move all of it back")
  private String what = "";

  @Override
  public Integer call() {
    if (!common.local()) {
      throw Failure.wrongUse(
          "dlq is for the local cloud",
          "on AWS use the queue's \"Start DLQ redrive\", or: aws sqs start-message-move-task");
    }
    return switch (what) {
      case "list" -> list();
      case "redrive" -> redrive();
      default -> throw Failure.wrongUse("dlq does not know " + what, "try dlq list or dlq redrive");
    };
  }

  private int list() {
    int all = 0;
    for (DeadLetters queue : queues()) {
      for (JsonNode message : queue.look()) {
        all++;
        tell(queue, message);
      }
    }
    if (!common.json()) {
      Out.line(
          all == 0
              ? "nothing was given up on"
              : "mend what was wrong, then: ./microcos dlq redrive");
    }
    return 0;
  }

  private int redrive() {
    int all = 0;
    for (DeadLetters queue : queues()) {
      int moved = queue.redrive();
      all += moved;
      if (common.json()) {
        Out.line(Json.line(Json.object().put("queue", queue.name()).put("moved", moved)));
      } else if (moved > 0) {
        Out.line(moved + " moved back from " + queue.name());
      }
    }
    if (all == 0 && !common.json()) {
      Out.line("nothing was given up on");
    }
    return 0;
  }

  private List<DeadLetters> queues() {
    return DeadLetters.all(new Sqs(common.dataFolder().needRunning().awsUrl()));
  }

  /** Ids only: what a person said stays sealed from whoever looks after the queues. */
  private void tell(DeadLetters queue, JsonNode message) {
    JsonNode body = Json.read(Json.text(message, "Body"));
    String since =
        Instant.ofEpochMilli(message.path("Attributes").path("SentTimestamp").asLong()).toString();
    String reason = queue.reason(message);
    ObjectNode line = Json.object().put("queue", queue.name()).put("sent_at", since);
    for (String field :
        new String[] {"type", "event_id", "operation_id", "request_id", "user_id"}) {
      if (body.hasNonNull(field)) {
        line.put(field, Json.text(body, field));
      }
    }
    line.put("reason", reason);
    if (common.json()) {
      Out.line(Json.line(line));
      return;
    }
    Out.line(queue.name() + "  " + since + "  " + Json.text(line, "type"));
    for (String field : new String[] {"event_id", "operation_id", "request_id", "user_id"}) {
      if (line.has(field)) {
        Out.line("  " + field + " " + Json.text(line, field));
      }
    }
    Out.line("  " + reason + "; why: see " + common.dataFolder().path().resolve("functions.log"));
  }
}
