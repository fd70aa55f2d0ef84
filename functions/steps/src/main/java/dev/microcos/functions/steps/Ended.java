package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.Endings;
import dev.microcos.core.application.port.Endings.Ending;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells runs of the end of their executions: EventBridge's "Step Functions Execution Status
 * Change". What the event leaves out for its size is asked for.
 */
final class Ended {
  static final String DETAIL_TYPE = "Step Functions Execution Status Change";

  private static final Logger LOG = LoggerFactory.getLogger(Ended.class);

  private final Endings endings;
  private final Inbox inbox;
  private final InstantSource clock;

  Ended(Endings endings, Inbox inbox, InstantSource clock) {
    this.endings = endings;
    this.inbox = inbox;
    this.clock = clock;
  }

  /** Reports the end that an event tells of; telling it again has no second effect. */
  void handle(JsonNode detail) {
    String arn = detail.path("executionArn").asText();
    String status = detail.path("status").asText();
    Ending ending = isWhole(detail, status) ? told(detail) : endings.of(arn);
    Optional<RunContext> run = RunContext.in(Json.tree(ending.input()));
    if (run.isEmpty()) {
      LOG.info("an execution of no run ended: {}", arn);
      return;
    }
    inbox.send(
        run.get()
            .envelope(
                EventId.ofReport(
                    Instant.ofEpochMilli(detail.path("stopDate").asLong()), arn, status),
                fact(status, ending),
                null,
                clock.instant()));
  }

  private static boolean isWhole(JsonNode detail, String status) {
    boolean input = detail.path("input").isTextual();
    return switch (status) {
      case "SUCCEEDED" -> input && detail.path("output").isTextual();
      case "FAILED" -> input && detail.path("error").isTextual();
      default -> input;
    };
  }

  private static Ending told(JsonNode detail) {
    return new Ending(
        detail.path("input").asText(),
        detail.path("output").asText("{}"),
        detail.path("error").asText(""),
        detail.path("cause").asText(""));
  }

  private static RunFact fact(String status, Ending ending) {
    return switch (status) {
      case "SUCCEEDED" -> new RunCompleted(DocumentJson.parse(ending.output()));
      case "FAILED" -> failed(ending);
      case "TIMED_OUT" -> new RunTimedOut();
      case "ABORTED" -> new RunCancelled("execution");
      default -> throw new IllegalArgumentException("no end of an execution: " + status);
    };
  }

  /** Of what our own steps threw, Lambda tells the class and wraps the message in JSON. */
  private static RunFailed failed(Ending ending) {
    String error = ending.error();
    String simple = error.substring(error.lastIndexOf('.') + 1);
    boolean ours =
        error.equals(Permanent.class.getName()) || error.equals(Retryable.class.getName());
    return new RunFailed(
        error.isEmpty() ? "States.TaskFailed" : ours ? simple : error, words(ending.cause()), null);
  }

  private static String words(String cause) {
    try {
      JsonNode json = Json.tree(cause);
      return json.hasNonNull("errorMessage") ? json.path("errorMessage").asText() : cause;
    } catch (IllegalArgumentException plain) {
      return cause;
    }
  }
}
