package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A commit as it is sealed into the log. */
public final class CommitJson {

  private CommitJson() {}

  /** A commit as UTF-8. */
  public static byte[] write(Commit commit) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("events");
      for (Event event : commit.events()) {
        EnvelopeJson.whole(event, out);
      }
      out.writeEndArray();
      out.writeArrayFieldStart("effects");
      for (Effect effect : commit.effects()) {
        out.writeStartObject();
        EffectJson.fields(effect, out);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  /**
   * The commit that was written.
   *
   * @param at when it was committed, which stands outside the seal
   */
  public static Commit read(byte[] json, Subject subject, Instant at) {
    JsonNode tree = Json.tree(json);
    List<Event> events = new ArrayList<>();
    for (JsonNode event : tree.path("events")) {
      events.add(
          new Event(Json.number(event, "seq"), at, EnvelopeJson.read(event, subject.person())));
    }
    List<Effect> effects = new ArrayList<>();
    for (JsonNode effect : tree.path("effects")) {
      effects.add(EffectJson.read(effect));
    }
    return new Commit(subject, events, effects);
  }
}
