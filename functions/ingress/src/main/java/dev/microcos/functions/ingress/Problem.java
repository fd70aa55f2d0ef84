package dev.microcos.functions.ingress;

import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Fact.Quota;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request that is not answered as it wants, told as RFC 9457 has it. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          404, "Not Found",
          405, "Method Not Allowed",
          409, "Conflict",
          413, "Content Too Large",
          429, "Too Many Requests",
          500, "Internal Server Error",
          503, "Service Unavailable");

  private final int status;
  private final transient List<Fault> faults;
  private final transient @Nullable Quota quota;
  private final transient Map<String, String> headers;
  private final transient Map<String, String> more;

  private Problem(
      int status,
      String detail,
      List<Fault> faults,
      @Nullable Quota quota,
      Map<String, String> headers) {
    this(status, detail, faults, quota, headers, Map.of());
  }

  private Problem(
      int status,
      String detail,
      List<Fault> faults,
      @Nullable Quota quota,
      Map<String, String> headers,
      Map<String, String> more) {
    super(detail, null, false, false);
    this.status = status;
    this.faults = faults;
    this.quota = quota;
    this.headers = headers;
    this.more = more;
  }

  /**
   * One thing that is wrong in a request.
   *
   * @param pointer JSON Pointer (RFC 6901) of the field
   */
  record Fault(String pointer, String detail) {}

  static Problem of(int status, String detail) {
    return new Problem(status, detail, List.of(), null, Map.of());
  }

  /**
   * A conflict with how things stand.
   *
   * @param more what else is known, by field
   */
  static Problem conflict(String detail, Map<String, String> more) {
    return new Problem(409, detail, List.of(), null, Map.of(), more);
  }

  static Problem invalid(String pointer, String detail) {
    return invalid(List.of(new Fault(pointer, detail)));
  }

  static Problem invalid(List<Fault> faults) {
    return new Problem(400, "the request does not fit", faults, null, Map.of());
  }

  static Problem notFound(String what) {
    return of(404, "there is no " + what);
  }

  static Problem methodNotAllowed(String allowed) {
    return new Problem(405, "use " + allowed, List.of(), null, Map.of("allow", allowed));
  }

  static Problem tooMany(String what, Quota quota, Instant now) {
    long seconds = Math.max(1, Duration.between(now, quota.resetAt()).plusMillis(999).toSeconds());
    return new Problem(
        429,
        "the limit is " + quota.limit() + " " + what,
        List.of(),
        quota,
        Map.of("retry-after", Long.toString(seconds)));
  }

  static Problem unavailable(String detail) {
    return new Problem(503, detail, List.of(), null, Map.of("retry-after", "1"));
  }

  /** What the log says of a refused request, as a problem with its status. */
  static Problem rejected(Rejected rejected, Instant now) {
    Quota quota = rejected.quota();
    return switch (rejected.code()) {
      case NOT_FOUND -> of(404, rejected.detail());
      case INVALID -> of(400, rejected.detail());
      case LIMIT ->
          quota == null
              ? of(409, rejected.detail())
              : new Problem(
                  429, rejected.detail(), List.of(), quota, tooMany("", quota, now).headers);
      case OPERATION_CLOSED, CONFLICT -> of(409, rejected.detail());
      case INTERNAL -> of(500, rejected.detail());
    };
  }

  /** The HTTP status that it is told with. */
  int status() {
    return status;
  }

  Reply reply(RequestId request) {
    byte[] body =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("type", "about:blank");
          out.writeStringField("title", TITLES.getOrDefault(status, "Error"));
          out.writeNumberField("status", status);
          out.writeStringField("detail", String.valueOf(getMessage()));
          out.writeStringField("request_id", request.value());
          for (Map.Entry<String, String> field : new TreeMap<>(more).entrySet()) {
            out.writeStringField(field.getKey(), field.getValue());
          }
          if (!faults.isEmpty()) {
            out.writeArrayFieldStart("errors");
            for (Fault fault : faults) {
              out.writeStartObject();
              out.writeStringField("pointer", fault.pointer());
              out.writeStringField("detail", fault.detail());
              out.writeEndObject();
            }
            out.writeEndArray();
          }
          if (quota != null) {
            out.writeNumberField("limit", quota.limit());
            out.writeNumberField("current", quota.current());
            out.writeStringField("reset_at", Json.instant(quota.resetAt()));
          }
          out.writeEndObject();
        });
    Map<String, String> all = new HashMap<>(headers);
    all.put("content-type", "application/problem+json");
    all.put("cache-control", "no-store");
    return new Reply(status, all, new String(body, StandardCharsets.UTF_8));
  }
}
