package dev.microcos.functions.ingress;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.aws.Host;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as the routes see it.
 *
 * @param method in upper case
 * @param segments of the path, {@code [v1, tasks, task_…]}
 * @param query the parameters of the query; empty if there are none
 * @param headers by lower-case name
 * @param body the payload, empty if there is none
 * @param claims of the token, empty where none is needed
 * @param requestId the id that the client sent, or a new one
 */
record Call(
    String method,
    List<String> segments,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    Map<String, String> claims,
    RequestId requestId) {

  private static final int LARGEST_BODY = 64 * 1024;

  static Call of(APIGatewayV2HTTPEvent event, Host host) {
    Map<String, String> headers = orEmpty(event.getHeaders());
    return new Call(
        event.getRequestContext().getHttp().getMethod(),
        segments(event.getRawPath()),
        orEmpty(event.getQueryStringParameters()),
        headers,
        body(event),
        claims(event),
        requestId(headers.get("x-request-id"), host));
  }

  /** The path as text, for identities and problems. */
  String path() {
    return "/" + String.join("/", segments);
  }

  /** Who asks, as their token says. */
  UserId user() {
    String issuer = claims.get("iss");
    String subject = claims.get("sub");
    if (issuer == null || subject == null || subject.isBlank()) {
      throw Problem.of(401, "a token with iss and sub is needed");
    }
    return UserId.of(issuer, subject);
  }

  /**
   * The body as a JSON object.
   *
   * @throws Problem 413 if it is too large, 400 if it is not a JSON object
   */
  ObjectNode json() {
    if (body.length > LARGEST_BODY) {
      throw Problem.of(413, "a body holds at most 64 KiB");
    }
    if (body.length == 0) {
      return Json.object();
    }
    JsonNode tree;
    try {
      tree = Json.given(body);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("", "is not JSON in UTF-8, or names a field twice, or is too deep");
    }
    if (!(tree instanceof ObjectNode object)) {
      throw Problem.invalid("", "must be a JSON object");
    }
    return object;
  }

  /** Whether the header {@code Prefer} (RFC 7240) names a preference. */
  boolean prefers(String preference) {
    return named("prefer").contains(preference);
  }

  /** Whether the header {@code If-None-Match} (RFC 9110) names an entity tag. */
  boolean knows(String tag) {
    List<String> known = named("if-none-match");
    return known.contains(tag) || known.contains("W/" + tag) || known.contains("*");
  }

  private List<String> named(String header) {
    return Arrays.stream(headers.getOrDefault(header, "").split("[,;]"))
        .map(String::strip)
        .toList();
  }

  /**
   * A whole number of the query.
   *
   * @throws Problem 400 if it is there and not between the bounds
   */
  long number(String name, long otherwise, long least, long most) {
    return number(name, least, most).orElse(otherwise);
  }

  /** A whole number of the query, if it is there. */
  Optional<Long> number(String name, long least, long most) {
    String value = query.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of bounds
    }
    throw Problem.invalid("/" + name, "must be a whole number from " + least + " to " + most);
  }

  /**
   * A yes or no of the query; no if it is not there.
   *
   * @throws Problem 400 if it is neither
   */
  boolean flag(String name) {
    String value = query.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Problem.invalid("/" + name, "must be true or false");
    }
    return value.equals("true");
  }

  /**
   * An id of the query, if it is there.
   *
   * @param what of what it is the id, as a refusal says it
   * @throws Problem 400 if it has not such an id's form
   */
  <I> Optional<I> id(String name, Function<String, I> form, String what) {
    try {
      return Optional.ofNullable(query.get(name)).map(form);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("/" + name, "must be the id of " + what);
    }
  }

  private static List<String> segments(@Nullable String rawPath) {
    String path = rawPath == null ? "" : rawPath;
    return List.of(path.substring(path.startsWith("/") ? 1 : 0).split("/"));
  }

  private static byte[] body(APIGatewayV2HTTPEvent event) {
    String body = event.getBody();
    if (body == null) {
      return new byte[0];
    }
    return event.getIsBase64Encoded()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> claims(APIGatewayV2HTTPEvent event) {
    APIGatewayV2HTTPEvent.RequestContext.Authorizer authorizer =
        event.getRequestContext().getAuthorizer();
    return authorizer == null || authorizer.getJwt() == null
        ? Map.of()
        : orEmpty(authorizer.getJwt().getClaims());
  }

  private static RequestId requestId(@Nullable String sent, Host host) {
    if (sent != null) {
      try {
        return new RequestId(sent);
      } catch (IllegalArgumentException e) {
        // not one of ours: a new one is made
      }
    }
    EventId made = EventId.create(host.clock().instant(), host.random());
    return new RequestId("req_" + made.uuid());
  }

  private static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> map) {
    return map == null ? Map.of() : map;
  }
}
