package dev.microcos.local.services.apigateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Asks a WebSocket API's authorizer. */
final class SocketAdmission {

  private static final Logger LOG = System.getLogger(SocketAdmission.class.getName());
  private static final String QUERY = "route.request.querystring.";
  private static final String HEADER = "route.request.header.";

  private final SocketApiConfiguration configuration;
  private final SocketEvents events;

  SocketAdmission(SocketApiConfiguration configuration, SocketEvents events) {
    this.configuration = configuration;
    this.events = events;
  }

  sealed interface Verdict {
    record Allowed(SocketPeer peer) implements Verdict {}

    record Denied(FrontResponse response) implements Verdict {}
  }

  Verdict authorize(FrontRequest request, SocketPeer peer) {
    if (configuration.authorizer().isEmpty()) {
      return new Verdict.Allowed(peer);
    }
    SocketApiConfiguration.Authorizer authorizer = configuration.authorizer().get();
    APIGatewayCustomAuthorizerEvent event = events.authorize(request, peer);
    if (!authorizer.identitySources().stream().allMatch(source -> isGiven(source, event))) {
      return denied(401);
    }
    try {
      IamPolicyResponse response = authorizer.integration().authorize(event);
      if (!allows(response, event.getMethodArn())) {
        return denied(403);
      }
      Map<String, Object> context = new HashMap<>();
      if (response.getContext() != null) {
        // API Gateway hands on every value of the context as a string.
        response.getContext().forEach((name, value) -> context.put(name, String.valueOf(value)));
      }
      context.put("principalId", String.valueOf(response.getPrincipalId()));
      return new Verdict.Allowed(peer.with(context));
    } catch (RuntimeException e) {
      if ("Unauthorized".equals(e.getMessage())) {
        return denied(401);
      }
      LOG.log(Level.ERROR, "the authorizer failed", e);
      return denied(500);
    }
  }

  private static Verdict denied(int status) {
    return new Verdict.Denied(FrontResponse.message(status, reason(status)));
  }

  /** The text that goes with a refusal's status. */
  static String reason(int status) {
    return switch (status) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 410 -> "Gone";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> status < 500 ? "Bad Request" : "Internal server error";
    };
  }

  private static boolean isGiven(String source, APIGatewayCustomAuthorizerEvent event) {
    String value =
        source.startsWith(QUERY)
            ? event.getQueryStringParameters().get(source.substring(QUERY.length()))
            : source.startsWith(HEADER)
                ? event.getHeaders().get(source.substring(HEADER.length()).toLowerCase(Locale.ROOT))
                : null;
    return value != null && !value.isEmpty();
  }

  /** Whether a statement allows the call and none denies it. */
  private static boolean allows(IamPolicyResponse response, String methodArn) {
    if (!(response.getPolicyDocument().get("Statement") instanceof Object[] statements)) {
      return false;
    }
    List<String> effects =
        java.util.Arrays.stream(statements)
            .filter(statement -> covers(statement, methodArn))
            .map(statement -> String.valueOf(((Map<?, ?>) statement).get("Effect")))
            .toList();
    return effects.contains("Allow") && !effects.contains("Deny");
  }

  private static boolean covers(Object statement, String methodArn) {
    return statement instanceof Map<?, ?> map
        && anyMatches(map.get("Action"), "execute-api:Invoke")
        && anyMatches(map.get("Resource"), methodArn);
  }

  private static boolean anyMatches(
      @org.jspecify.annotations.Nullable Object patterns, String text) {
    return switch (patterns) {
      case String pattern -> glob(pattern, text);
      case Object[] many -> java.util.Arrays.stream(many).anyMatch(one -> anyMatches(one, text));
      case List<?> many -> many.stream().anyMatch(one -> anyMatches(one, text));
      case null, default -> false;
    };
  }

  /** IAM's wildcards: a star is any text, a question mark one character. */
  static boolean glob(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int mark = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
