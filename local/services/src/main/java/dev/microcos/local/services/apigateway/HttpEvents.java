package dev.microcos.local.services.apigateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.microcos.local.services.apigateway.JwtAuthorizer.Decision;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests as events of payload format 2.0, and answers back. */
final class HttpEvents {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ApiAddress address;
  private final InstantSource clock;
  private volatile Second second = new Second(Long.MIN_VALUE, "");

  HttpEvents(ApiAddress address, InstantSource clock) {
    this.address = address;
    this.clock = clock;
  }

  /**
   * A request that found its route.
   *
   * @param path decoded
   */
  record Call(
      FrontRequest request,
      String path,
      HttpRoute route,
      Map<String, String> variables,
      String requestId) {}

  /** A second and how the event writes it; formatting costs more than all the rest of an event. */
  private record Second(long epochSecond, String text) {}

  APIGatewayV2HTTPEvent event(Call call, Optional<Decision.Granted> token) {
    FrontRequest request = call.request();
    Map<String, String> query = Query.joined(Query.parse(request.query()));
    String text = isText(request.header("content-type")) ? utf8(request.body()) : null;
    boolean empty = request.body().length == 0;
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey(call.route().key().text())
        .withRawPath(call.path())
        .withRawQueryString(request.query())
        .withCookies(request.cookies().isEmpty() ? null : request.cookies())
        .withHeaders(request.headers())
        .withQueryStringParameters(query.isEmpty() ? null : query)
        .withPathParameters(call.variables().isEmpty() ? null : call.variables())
        .withRequestContext(context(call, token))
        .withBody(
            empty ? null : text != null ? text : Base64.getEncoder().encodeToString(request.body()))
        .withIsBase64Encoded(!empty && text == null)
        .build();
  }

  private RequestContext context(Call call, Optional<Decision.Granted> token) {
    FrontRequest request = call.request();
    Instant now = clock.instant();
    String domain = address.domainName();
    return RequestContext.builder()
        .withAccountId(address.accountId())
        .withApiId(address.apiId())
        .withDomainName(domain)
        .withDomainPrefix(domain.contains(".") ? domain.substring(0, domain.indexOf('.')) : domain)
        .withHttp(
            RequestContext.Http.builder()
                .withMethod(request.method())
                .withPath(call.path())
                .withProtocol(request.protocol())
                .withSourceIp(request.sourceIp())
                .withUserAgent(request.header("user-agent"))
                .build())
        .withAuthorizer(token.map(granted -> authorizer(call.route(), granted)).orElse(null))
        .withRequestId(call.requestId())
        .withRouteKey(call.route().key().text())
        .withStage(address.stage())
        .withTime(time(now))
        .withTimeEpoch(now.toEpochMilli())
        .build();
  }

  private static RequestContext.Authorizer authorizer(HttpRoute route, Decision.Granted granted) {
    return RequestContext.Authorizer.builder()
        .withJwt(
            RequestContext.Authorizer.JWT
                .builder()
                .withClaims(granted.claims())
                .withScopes(route.scopes().isEmpty() ? null : granted.scopes())
                .build())
        .build();
  }

  private String time(Instant now) {
    Second last = second;
    if (last.epochSecond() != now.getEpochSecond()) {
      last = new Second(now.getEpochSecond(), TIME.format(now));
      second = last;
    }
    return last.text();
  }

  /**
   * API Gateway passes these content types, and no content type, as text and all else in Base64.
   */
  private static boolean isText(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    return type.isEmpty()
        || type.startsWith("text/")
        || type.equals("application/json")
        || type.equals("application/xml")
        || type.equals("application/javascript")
        || type.endsWith("+json")
        || type.endsWith("+xml");
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * The integration's answer; an empty one is 200.
   *
   * @throws IllegalArgumentException if its Base64 is broken
   */
  static FrontResponse response(@Nullable APIGatewayV2HTTPResponse response) {
    if (response == null) {
      return new FrontResponse(200, List.of(), new byte[0]);
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    if (response.getHeaders() != null) {
      response.getHeaders().forEach((name, value) -> headers.add(header(name, value)));
    }
    if (response.getMultiValueHeaders() != null) {
      response
          .getMultiValueHeaders()
          .forEach((name, values) -> values.forEach(value -> headers.add(header(name, value))));
    }
    if (response.getCookies() != null) {
      response.getCookies().forEach(cookie -> headers.add(Map.entry("set-cookie", cookie)));
    }
    byte[] body = body(response);
    if (body.length > 0 && headers.stream().noneMatch(h -> h.getKey().equals("content-type"))) {
      headers.add(Map.entry("content-type", "text/plain;charset=UTF-8"));
    }
    int status = response.getStatusCode();
    return new FrontResponse(status == 0 ? 200 : status, headers, body);
  }

  private static Map.Entry<String, String> header(String name, String value) {
    return Map.entry(name.toLowerCase(Locale.ROOT), value);
  }

  private static byte[] body(APIGatewayV2HTTPResponse response) {
    String body = response.getBody();
    if (body == null) {
      return new byte[0];
    }
    return response.getIsBase64Encoded()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
