package dev.microcos.core.wire;

import static dev.microcos.core.wire.FactJson.optional;
import static dev.microcos.core.wire.FactJson.texts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.UserFact.Route;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Signals as JSON. */
final class SignalJson {

  private SignalJson() {}

  static void fields(SignalSent sent, JsonGenerator out) throws IOException {
    out.writeStringField("signal_id", sent.signalId().value());
    out.writeStringField("signal", sent.signal());
    DocumentJson.field(out, "data", sent.data());
    optional(out, "run_id", sent.runId());
    if (!sent.routes().isEmpty()) {
      out.writeArrayFieldStart("routes");
      for (Route route : sent.routes()) {
        out.writeStartObject();
        out.writeStringField("run_id", route.runId().value());
        optional(out, "wait_id", route.waitId());
        optional(out, "workflow", route.workflow());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    optional(out, "unrouted", sent.unrouted());
    texts(out, "leaving", sent.leaving());
  }

  static SignalSent read(JsonNode payload) {
    List<Route> routes = new ArrayList<>();
    for (JsonNode route : payload.path("routes")) {
      String wait = Json.textOrNull(route, "wait_id");
      routes.add(
          new Route(
              new RunId(Json.text(route, "run_id")),
              wait == null ? null : new StepId(wait),
              Json.textOrNull(route, "workflow")));
    }
    return new SignalSent(
        new EventId(Json.text(payload, "signal_id")),
        Json.text(payload, "signal"),
        DocumentJson.in(payload, "data"),
        FactJson.runOrNull(payload),
        routes,
        Json.textOrNull(payload, "unrouted"),
        texts(payload.path("leaving")).stream().map(EventId::new).toList());
  }
}
