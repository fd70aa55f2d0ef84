package dev.microcos.local.services.oidc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.transport.AwsResponse;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The discovery document of OpenID Connect. */
final class Discovery {

  private Discovery() {}

  static AwsResponse document(OidcConfiguration configuration) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("issuer", configuration.issuer().toString());
    body.put("authorization_endpoint", configuration.endpoint("authorize"));
    body.put("token_endpoint", configuration.endpoint("token"));
    body.put("jwks_uri", configuration.endpoint("jwks"));
    body.put("end_session_endpoint", configuration.endpoint("logout"));
    list(body, "response_types_supported", List.of("code"));
    list(body, "response_modes_supported", List.of("query"));
    list(body, "grant_types_supported", List.of("authorization_code", "refresh_token"));
    list(body, "code_challenge_methods_supported", List.of("S256"));
    list(body, "token_endpoint_auth_methods_supported", List.of("none"));
    list(body, "subject_types_supported", List.of("public"));
    list(body, "id_token_signing_alg_values_supported", List.of("RS256"));
    list(body, "scopes_supported", new TreeSet<>(configuration.scopes()));
    body.put("authorization_response_iss_parameter_supported", true);
    return Answers.text(200, "application/json", "no-cache", body.toString());
  }

  private static void list(ObjectNode body, String name, Collection<String> values) {
    values.forEach(body.putArray(name)::add);
  }
}
