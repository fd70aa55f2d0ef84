package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.microcos.core.application.port.OperationRow;
import java.io.IOException;

/** Calls of models and tools, as their person sees them. */
public final class OperationJson {

  private static final double MICROS = 1_000_000;

  private OperationJson() {}

  /** A call without its words. */
  public static void brief(OperationRow row, JsonGenerator out) throws IOException {
    out.writeStartObject();
    fields(row, out);
    out.writeEndObject();
  }

  /** A call with what the model was given and what it said. */
  public static void whole(OperationRow row, JsonGenerator out) throws IOException {
    out.writeStartObject();
    fields(row, out);
    out.writeStringField("prompt", row.prompt());
    out.writeStringField("text", row.text());
    out.writeEndObject();
  }

  private static void fields(OperationRow row, JsonGenerator out) throws IOException {
    out.writeStringField("operation_id", row.operation().value());
    out.writeStringField("request_id", row.request().value());
    out.writeStringField("kind", row.kind());
    out.writeStringField("status", row.status());
    if (!row.failure().isEmpty()) {
      out.writeStringField("failure", row.failure());
    }
    out.writeStringField("model", row.tokens().model());
    out.writeNumberField("attempts", row.attempt());
    out.writeStringField("started_at", Json.instant(row.startedAt()));
    out.writeNumberField("input_tokens", row.tokens().input());
    out.writeNumberField("output_tokens", row.tokens().output());
    out.writeNumberField("cost_usd", row.costMicros() / MICROS);
    out.writeNumberField("latency_ms", row.latency().toMillis());
    out.writeNumberField("first_token_ms", row.firstToken().toMillis());
  }
}
