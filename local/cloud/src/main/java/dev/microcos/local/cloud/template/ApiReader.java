package dev.microcos.local.cloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.cloud.template.Template.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Joins APIs with their stages, routes, integrations and authorizers. */
final class ApiReader {
  private static final Pattern FUNCTION =
      Pattern.compile("(?:.*/functions/)?(arn:aws:lambda:[^/]+)(?:/invocations)?");

  private final BlueprintReader reader;
  private final Aliases aliases;

  ApiReader(BlueprintReader reader, Aliases aliases) {
    this.reader = reader;
    this.aliases = aliases;
  }

  List<Blueprint.HttpApi> http() {
    return apis("HTTP")
        .map(api ->
            new Blueprint.HttpApi(
                reader.ref(api), stage(api), of(api, Types.ROUTE).map(this::httpRoute).toList()))
        .toList();
  }

  List<Blueprint.SocketApi> sockets() {
    return apis("WEBSOCKET").map(this::socketApi).toList();
  }

  private Stream<Resource> apis(String protocol) {
    return reader
        .each(Types.API)
        .filter(api -> reader.properties(api).path("ProtocolType").asText().equals(protocol));
  }

  private Stream<Resource> of(Resource api, String type) {
    return reader
        .each(type)
        .filter(part -> reader.properties(part).path("ApiId").asText().equals(reader.ref(api)));
  }

  private String stage(Resource api) {
    return of(api, Types.STAGE)
        .map(reader::ref)
        .findFirst()
        .orElseThrow(() -> new TemplateException(api + " has no stage"));
  }

  private Blueprint.HttpRoute httpRoute(Resource resource) {
    JsonNode route = reader.properties(resource);
    return new Blueprint.HttpRoute(
        route.path("RouteKey").asText(),
        target(resource),
        tokens(resource, route),
        BlueprintReader.texts(route.path("AuthorizationScopes")));
  }

  private Optional<Blueprint.Tokens> tokens(Resource resource, JsonNode route) {
    return switch (route.path("AuthorizationType").asText("NONE")) {
      case "NONE" -> Optional.empty();
      case "JWT" -> {
        JsonNode jwt = find(route.path("AuthorizerId").asText(), resource).path("JwtConfiguration");
        yield Optional.of(
            new Blueprint.Tokens(
                jwt.path("Issuer").asText(), BlueprintReader.texts(jwt.path("Audience"))));
      }
      default -> throw unknown(resource, route);
    };
  }

  private Blueprint.SocketApi socketApi(Resource api) {
    Map<String, String> routes = new LinkedHashMap<>();
    Optional<Blueprint.SocketAuthorizer> authorizer = Optional.empty();
    for (Resource resource : of(api, Types.ROUTE).toList()) {
      JsonNode route = reader.properties(resource);
      routes.put(route.path("RouteKey").asText(), target(resource));
      switch (route.path("AuthorizationType").asText("NONE")) {
        case "NONE" -> {}
        case "CUSTOM" -> authorizer = Optional.of(socketAuthorizer(resource, route));
        default -> throw unknown(resource, route);
      }
    }
    return new Blueprint.SocketApi(
        reader.ref(api),
        stage(api),
        reader.properties(api).path("RouteSelectionExpression").asText(),
        routes,
        authorizer);
  }

  private Blueprint.SocketAuthorizer socketAuthorizer(Resource resource, JsonNode route) {
    JsonNode authorizer = find(route.path("AuthorizerId").asText(), resource);
    return new Blueprint.SocketAuthorizer(
        functionArn(authorizer.path("AuthorizerUri").asText(), resource),
        BlueprintReader.texts(authorizer.path("IdentitySource")));
  }

  private JsonNode find(String authorizerId, Resource route) {
    return reader
        .each(Types.AUTHORIZER)
        .filter(each -> reader.ref(each).equals(authorizerId))
        .map(reader::properties)
        .findFirst()
        .orElseThrow(() -> new TemplateException(route + " has no authorizer"));
  }

  private String target(Resource route) {
    String target = reader.properties(route).path("Target").asText();
    return reader
        .each(Types.INTEGRATION)
        .filter(each -> target.equals("integrations/" + reader.ref(each)))
        .map(each -> functionArn(reader.properties(each).path("IntegrationUri").asText(), each))
        .findFirst()
        .orElseThrow(() -> new TemplateException(route + " has no integration"));
  }

  private String functionArn(String uri, Resource resource) {
    Matcher matcher = FUNCTION.matcher(uri);
    if (!matcher.matches()) {
      throw new TemplateException(resource + ": only functions can be called, not " + uri);
    }
    return aliases.function(matcher.group(1), resource);
  }

  private static TemplateException unknown(Resource resource, JsonNode route) {
    return new TemplateException(
        resource
            + ": the authorization "
            + route.path("AuthorizationType").asText()
            + " has no local counterpart");
  }
}
