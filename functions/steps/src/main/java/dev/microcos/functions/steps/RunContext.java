package dev.microcos.functions.steps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run that an execution is told it belongs to.
 *
 * @param hops how many times the system has answered itself since the request
 */
record RunContext(Person person, RunId run, RequestId request, String workflow, int hops) {

  /** The run in an execution's input or a step's payload; nothing if it is of no run. */
  static Optional<RunContext> in(JsonNode json) {
    JsonNode run = json.path("run");
    if (!run.hasNonNull("run_id") || !run.hasNonNull("user_id")) {
      return Optional.empty();
    }
    return Optional.of(
        new RunContext(
            new Person(new UserId(run.path("user_id").asText()), run.path("generation").asInt(1)),
            new RunId(run.path("run_id").asText()),
            new RequestId(run.path("request_id").asText()),
            run.path("workflow").asText(),
            run.path("hops").asInt()));
  }

  /** Something to report to the run's log or the person's, as the fact has it. */
  Envelope envelope(EventId id, Fact fact, @Nullable OperationId operation, Instant now) {
    return new Envelope(
        id, fact, person, ConversationId.MAIN, request, null, operation, run, null, hops + 1, now);
  }
}
