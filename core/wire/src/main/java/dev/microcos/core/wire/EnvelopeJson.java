package dev.microcos.core.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.TokenUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes as JSON: in the inbox with the generation of their person, in the log and towards the
 * outside without it and with their seq.
 */
public final class EnvelopeJson {

  private static final String GENERATION = "generation";
  private static final Versions VERSIONS = new Versions("an envelope", List.of());

  private EnvelopeJson() {}

  /** An envelope for the inbox. */
  public static String toInbox(Envelope envelope) {
    byte[] json =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeNumberField(GENERATION, envelope.person().generation());
          fields(envelope, out, true);
          out.writeEndObject();
        });
    return new String(json, StandardCharsets.UTF_8);
  }

  /**
   * An envelope from the inbox. One that is too old, or whose payload does not fit its type, comes
   * as a refusal, so that it is told and gone instead of coming back for ever.
   *
   * @throws UnknownTypeException if its type or version is of a later release
   * @throws IllegalArgumentException if it is no envelope
   */
  public static Envelope fromInbox(String text) {
    JsonNode json = Json.tree(text);
    UserId user = new UserId(Json.text(json, "user_id"));
    Person person = new Person(user, (int) Json.number(json, GENERATION));
    String type = Json.text(json, "type");
    try {
      return read(json, person);
    } catch (IllegalArgumentException e) {
      Fact refused =
          new Rejected(
              RejectionCode.INVALID,
              "the payload does not fit its type",
              type,
              null,
              TokenUse.NONE);
      return read(json, person, refused);
    }
  }

  /** An event as it stands in frames and in replies: without what nobody is shown. */
  public static void write(Event event, JsonGenerator out) throws IOException {
    write(event, out, false);
  }

  /** An event as it stands in the log. */
  static void whole(Event event, JsonGenerator out) throws IOException {
    write(event, out, true);
  }

  private static void write(Event event, JsonGenerator out, boolean secrets) throws IOException {
    out.writeStartObject();
    out.writeNumberField("seq", event.seq());
    fields(event.envelope(), out, secrets);
    out.writeEndObject();
  }

  static Envelope read(JsonNode written, Person person) {
    JsonNode json = VERSIONS.today(written);
    return read(json, person, FactJson.read(Json.text(json, "type"), json.path("payload")));
  }

  private static Envelope read(JsonNode json, Person person, Fact fact) {
    String conversation = Json.textOrNull(json, "conversation_id");
    String action = Json.textOrNull(json, "client_action_id");
    String operation = Json.textOrNull(json, "operation_id");
    String run = Json.textOrNull(json, "run_id");
    String causation = Json.textOrNull(json, "causation_id");
    return new Envelope(
        new EventId(Json.text(json, "event_id")),
        fact,
        person,
        conversation == null ? ConversationId.MAIN : new ConversationId(conversation),
        new RequestId(Json.text(json, "request_id")),
        action == null ? null : new ClientActionId(action),
        operation == null ? null : new OperationId(operation),
        run == null ? null : new RunId(run),
        causation == null ? null : new EventId(causation),
        (int) Json.number(json, "hops"),
        Json.instant(json, "timestamp"));
  }

  private static void fields(Envelope envelope, JsonGenerator out, boolean secrets)
      throws IOException {
    out.writeStringField("event_id", envelope.id().value());
    out.writeStringField("type", envelope.fact().type());
    out.writeNumberField("version", Envelope.VERSION);
    out.writeStringField("user_id", envelope.person().user().value());
    out.writeStringField("conversation_id", envelope.conversation().value());
    out.writeStringField("request_id", envelope.request().value());
    optional(out, "client_action_id", envelope.clientAction());
    optional(out, "operation_id", envelope.operation());
    optional(out, "run_id", envelope.run());
    optional(out, "causation_id", envelope.causation());
    out.writeNumberField("hops", envelope.hops());
    out.writeStringField("timestamp", Json.instant(envelope.timestamp()));
    out.writeFieldName("payload");
    FactJson.write(envelope.fact(), out, secrets);
  }

  private static void optional(JsonGenerator out, String field, @Nullable Object value)
      throws IOException {
    if (value != null) {
      out.writeStringField(field, value.toString());
    }
  }
}
