package dev.microcos.functions.ingress;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.port.Runs;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.wire.EnvelopeJson;
import dev.microcos.core.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The logs of a person's runs as a part of their export: all runs that there are by name. */
final class RunExport {

  private static final int PAGE = 100;

  private final Runs runs;
  private final ReadRuns read;

  RunExport(Runs runs, ReadRuns read) {
    this.runs = runs;
    this.read = read;
  }

  /**
   * Writes the runs with their events, newest first, until the part is full.
   *
   * @param before only runs that were begun before this one
   * @param room bytes that the part has left
   * @return the run before which the next part goes on; nothing if this was all
   */
  Optional<RunId> write(Person person, Optional<RunId> before, int room, JsonGenerator out)
      throws IOException {
    Optional<RunId> last = before;
    int bytes = 0;
    out.writeArrayFieldStart("runs");
    List<RunId> page = runs.of(person, last.orElse(null), PAGE);
    while (!page.isEmpty() && bytes < room) {
      for (RunId run : page) {
        if (bytes >= room) {
          break;
        }
        bytes += run(person, run, room, out);
        last = Optional.of(run);
      }
      page = runs.of(person, last.orElse(null), PAGE);
    }
    out.writeEndArray();
    return page.isEmpty() ? Optional.empty() : last;
  }

  private int run(Person person, RunId run, int most, JsonGenerator out) throws IOException {
    long seq = 0;
    int bytes = 0;
    out.writeStartObject();
    out.writeStringField("run_id", run.value());
    out.writeArrayFieldStart("events");
    List<Event> events = read.events(person, run, seq, PAGE);
    while (!events.isEmpty() && bytes < most) {
      for (Event event : events) {
        byte[] json = Json.bytes(each -> EnvelopeJson.write(event, each));
        out.writeRawValue(new String(json, StandardCharsets.UTF_8));
        bytes += json.length;
        seq = event.seq();
      }
      events = read.events(person, run, seq, PAGE);
    }
    out.writeEndArray();
    if (!events.isEmpty()) {
      out.writeStringField("next", "/v1/runs/" + run + "/events?after=" + seq);
    }
    out.writeEndObject();
    return bytes;
  }
}
