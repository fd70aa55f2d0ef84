package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.Push.Token;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.UserState;
import java.util.List;

/** Frames from the server to a page, as UTF-8. */
public final class Frames {

  /**
   * The most that is sent in one frame; API Gateway's frames hold 32 KB. A larger one is replaced
   * by a note that it is to be fetched, as is one whose patch would leave out a null: in a merge
   * patch (RFC 7396) a null takes a field away.
   */
  public static final int LARGEST = 30 * 1024;

  /** What a client names may be long; who reads an error does not need all of it. */
  private static final int LONGEST_DETAIL = 1_000;

  private Frames() {}

  /** The whole view. */
  public static byte[] snapshot(UserState state) {
    byte[] frame =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("type", "snapshot");
          out.writeNumberField("seq", state.seq());
          out.writeStringField("hash", View.hash(state));
          out.writeFieldName("state");
          View.write(state, out);
          out.writeEndObject();
        });
    return fitting(frame, "snapshot", state.seq());
  }

  /** What led from one state to a later one. */
  public static byte[] commit(UserState from, UserState to, List<Event> events) {
    if (!View.canPatch(from, to)) {
      return fetch("commit", to.seq());
    }
    byte[] frame =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("type", "commit");
          out.writeNumberField("from", from.seq());
          out.writeNumberField("seq", to.seq());
          out.writeArrayFieldStart("events");
          for (Event event : events) {
            EnvelopeJson.write(event, out);
          }
          out.writeEndArray();
          out.writeFieldName("patch");
          View.patch(from, to, out);
          out.writeEndObject();
        });
    return fitting(frame, "commit", to.seq());
  }

  /** What led from one state of a run to a later one, or to its present state from nothing. */
  public static byte[] run(RunState from, RunState to, List<Event> events) {
    JsonNode before = from.isThere() ? RunView.tree(from) : Json.object();
    JsonNode after = RunView.tree(to);
    JsonNode patch = MergePatch.between(before, after);
    byte[] frame =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("type", "run");
          out.writeStringField("run_id", to.subject().run().value());
          out.writeNumberField("from", from.seq());
          out.writeNumberField("seq", to.seq());
          out.writeArrayFieldStart("events");
          for (Event event : events) {
            EnvelopeJson.write(event, out);
          }
          out.writeEndArray();
          out.writeFieldName("patch");
          out.writeTree(patch);
          out.writeEndObject();
        });
    if (frame.length <= LARGEST && MergePatch.leads(before, patch, after)) {
      return frame;
    }
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("type", "run");
      out.writeStringField("run_id", to.subject().run().value());
      out.writeNumberField("seq", to.seq());
      out.writeBooleanField("fetch", true);
      out.writeEndObject();
    });
  }

  /** More of an answer. */
  public static byte[] token(Token token) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("type", "llm.token");
      out.writeStringField("operation_id", token.operation().value());
      out.writeNumberField("attempt", token.attempt());
      out.writeNumberField("index", token.index());
      out.writeStringField("text", token.text());
      out.writeEndObject();
    });
  }

  /** What was sent as this request is not understood, or not allowed. */
  public static byte[] error(String code, String detail, RequestId request) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("type", "error");
      out.writeStringField("code", code);
      out.writeStringField("detail", cut(detail));
      out.writeStringField("request_id", request.value());
      out.writeEndObject();
    });
  }

  /** Cut where it is too long, but through no character. */
  private static String cut(String detail) {
    if (detail.length() <= LONGEST_DETAIL) {
      return detail;
    }
    boolean pair = Character.isHighSurrogate(detail.charAt(LONGEST_DETAIL - 1));
    return detail.substring(0, pair ? LONGEST_DETAIL - 1 : LONGEST_DETAIL);
  }

  /** A ping was heard. */
  public static byte[] pong() {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("type", "pong");
      out.writeEndObject();
    });
  }

  private static byte[] fitting(byte[] frame, String type, long seq) {
    return frame.length <= LARGEST ? frame : fetch(type, seq);
  }

  private static byte[] fetch(String type, long seq) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeStringField("type", type);
      out.writeNumberField("seq", seq);
      out.writeBooleanField("fetch", true);
      out.writeEndObject();
    });
  }
}
