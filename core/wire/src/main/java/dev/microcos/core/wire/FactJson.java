package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Quota;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.UserFact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts as the payload of an envelope; the forms are in {@code events/envelopes}. */
final class FactJson {

  private FactJson() {}

  /**
   * Writes a fact.
   *
   * @param secrets whether with what nobody is shown: the tokens that executions wait with
   */
  static void write(Fact fact, JsonGenerator out, boolean secrets) throws IOException {
    out.writeStartObject();
    switch (fact) {
      case Rejected rejected -> rejected(out, rejected);
      case UserFact ofUser -> UserFactJson.fields(ofUser, out);
      case RunFact ofRun -> RunFactJson.fields(ofRun, out, secrets);
    }
    out.writeEndObject();
  }

  /**
   * The fact of the given type.
   *
   * @throws UnknownTypeException if this release does not know the type
   * @throws IllegalArgumentException if the payload does not fit the type
   */
  static Fact read(String type, JsonNode payload) {
    if (type.equals(Rejected.TYPE)) {
      return rejected(payload);
    }
    return RunFact.TYPES.contains(type)
        ? RunFactJson.read(type, payload)
        : UserFactJson.read(type, payload);
  }

  static Rejected rejected(JsonNode payload) {
    return new Rejected(
        Json.constant(RejectionCode.class, Json.text(payload, "code")),
        Json.text(payload, "detail"),
        Json.text(payload, "type"),
        quota(payload),
        tokens(payload));
  }

  static void rejected(JsonGenerator out, Rejected rejected) throws IOException {
    out.writeStringField("code", Json.name(rejected.code()));
    out.writeStringField("detail", rejected.detail());
    out.writeStringField("type", rejected.refused());
    Quota quota = rejected.quota();
    if (quota != null) {
      out.writeNumberField("limit", quota.limit());
      out.writeNumberField("current", quota.current());
      out.writeStringField("reset_at", Json.instant(quota.resetAt()));
    }
    tokens(out, rejected.tokens());
  }

  static void tokens(JsonGenerator out, TokenUse tokens) throws IOException {
    if (!tokens.equals(TokenUse.NONE)) {
      out.writeStringField("model", tokens.model());
      out.writeNumberField("input_tokens", tokens.input());
      out.writeNumberField("output_tokens", tokens.output());
    }
  }

  static TokenUse tokens(JsonNode payload) {
    return payload.has("model")
        ? new TokenUse(
            Json.text(payload, "model"),
            (int) Json.number(payload, "input_tokens"),
            (int) Json.number(payload, "output_tokens"))
        : TokenUse.NONE;
  }

  static @Nullable Quota quota(JsonNode payload) {
    return payload.has("limit")
        ? new Quota(
            Json.number(payload, "limit"),
            Json.number(payload, "current"),
            Json.instant(payload, "reset_at"))
        : null;
  }

  static void texts(JsonGenerator out, String field, Collection<?> values) throws IOException {
    if (!values.isEmpty()) {
      out.writeArrayFieldStart(field);
      for (Object value : values) {
        out.writeString(value.toString());
      }
      out.writeEndArray();
    }
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  static @Nullable RunId runOrNull(JsonNode payload) {
    String run = Json.textOrNull(payload, "run_id");
    return run == null ? null : new RunId(run);
  }

  static void optional(JsonGenerator out, String field, @Nullable Object value) throws IOException {
    if (value != null) {
      out.writeStringField(field, value.toString());
    }
  }

  static void optional(JsonGenerator out, String field, boolean value) throws IOException {
    if (value) {
      out.writeBooleanField(field, true);
    }
  }

  static void optional(JsonGenerator out, String field, @Nullable Document value)
      throws IOException {
    if (value != null) {
      DocumentJson.field(out, field, value);
    }
  }
}
