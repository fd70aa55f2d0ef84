package dev.microcos.functions.ingress;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.port.People;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.user.RunBrief;
import dev.microcos.core.wire.EnvelopeJson;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.RunView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a person can see of their runs. */
record RunReads(ReadRuns runs, People people) {

  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  /** After so many milliseconds a reader of the stream asks again: a Lambda does not wait. */
  private static final int ASK_AGAIN_MILLIS = 1_000;

  /** Tells the reader of a stream not to ask again: the run is over, and it has all its events. */
  private static final int NO_MORE = 204;

  Reply list(Call call) {
    int limit = (int) call.number("limit", PAGE, 1, LARGEST_PAGE);
    Optional<RunStatus> status =
        Optional.ofNullable(call.query().get("status")).map(RunReads::status);
    Optional<String> workflow = Optional.ofNullable(call.query().get("workflow"));
    Optional<RunId> before = call.id("before", RunId::new, "a run");
    ReadRuns.Page page = runs.list(person(call), status, workflow, before, limit);
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("runs");
          for (RunBrief run : page.runs()) {
            brief(run, out);
          }
          out.writeEndArray();
          if (page.more()) {
            out.writeStringField("next", page.runs().getLast().runId().value());
          }
          out.writeEndObject();
        });
  }

  Reply run(Call call, String id) {
    RunId run = Paths.id(id, RunId::new);
    Optional<Long> at = call.number("at", 1, Long.MAX_VALUE);
    Optional<RunState> found =
        at.isPresent() ? runs.at(person(call), run, at.get()) : runs.find(person(call), run);
    RunState state = found.orElseThrow(() -> Problem.notFound(id));
    if (at.isPresent() && state.seq() != at.get()) {
      throw Problem.notFound("seq " + at.get() + "; the newest is " + state.seq());
    }
    return Reply.json(200, out -> out.writeTree(RunView.tree(state)));
  }

  Reply events(Call call, String id) {
    Person person = person(call);
    RunId run = Paths.id(id, RunId::new);
    RunState state = runs.find(person, run).orElseThrow(() -> Problem.notFound(id));
    boolean stream = call.headers().getOrDefault("accept", "").contains("text/event-stream");
    long after = stream ? lastEventId(call) : call.number("after", 0, 0, Long.MAX_VALUE);
    int limit = (int) call.number("limit", PAGE, 1, LARGEST_PAGE);
    List<Event> events = runs.events(person, run, after, limit);
    if (!stream) {
      return page(events, after);
    }
    return events.isEmpty() && state.status().isOver() ? Reply.empty(NO_MORE) : stream(events);
  }

  private static Reply page(List<Event> events, long after) {
    return Reply.json(
        200,
        out -> {
          out.writeStartObject();
          Reads.events("events", events, out);
          out.writeNumberField("next", events.isEmpty() ? after : events.getLast().seq());
          out.writeEndObject();
        });
  }

  /** Server-sent events (HTML Living Standard, 9.2); the answer ends with what is there. */
  private static Reply stream(List<Event> events) {
    StringBuilder text = new StringBuilder("retry: " + ASK_AGAIN_MILLIS + "\n\n");
    for (Event event : events) {
      byte[] json = Json.bytes(out -> EnvelopeJson.write(event, out));
      text.append("id: ").append(event.seq()).append('\n');
      text.append("event: ").append(event.fact().type()).append('\n');
      text.append("data: ").append(new String(json, StandardCharsets.UTF_8)).append("\n\n");
    }
    return Reply.text("text/event-stream", text.toString());
  }

  private static long lastEventId(Call call) {
    String id = call.headers().get("last-event-id");
    if (id == null || id.isEmpty()) {
      return call.number("after", 0, 0, Long.MAX_VALUE);
    }
    try {
      return Math.max(0, Long.parseLong(id));
    } catch (NumberFormatException e) {
      throw Problem.invalid("/Last-Event-ID", "must be the id of an event of this stream");
    }
  }

  private static void brief(RunBrief run, JsonGenerator out) throws IOException {
    ObjectNode brief =
        Json.object()
            .put("run_id", run.runId().value())
            .put("workflow", run.workflow())
            .put("title", run.title())
            .put("status", run.status().name().toLowerCase(Locale.ROOT))
            .put("started_at", Json.instant(run.startedAt()));
    if (run.endedAt() != null) {
      brief.put("ended_at", Json.instant(run.endedAt()));
    }
    if (run.error() != null) {
      brief.put("error", run.error());
    }
    out.writeTree(brief);
  }

  private static RunStatus status(String name) {
    return Arrays.stream(RunStatus.values())
        .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid(
                "/status",
                "must be one of "
                    + Arrays.stream(RunStatus.values())
                        .map(status -> status.name().toLowerCase(Locale.ROOT))
                        .toList()));
  }

  private Person person(Call call) {
    return people.current(call.user());
  }
}
