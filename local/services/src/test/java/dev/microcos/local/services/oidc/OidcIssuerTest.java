package dev.microcos.local.services.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.microcos.local.services.apigateway.Clock;
import dev.microcos.local.services.apigateway.JwtAuthorizer;
import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OidcIssuerTest {

  /** The pair of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String BACK = "http://127.0.0.1:8787/";
  private static final String ISSUER = "http://127.0.0.1:8787/oidc";

  @TempDir static Path folder;

  private final Clock clock = new Clock();
  private OidcIssuer issuer;

  @BeforeEach
  void start() throws IOException {
    issuer = new OidcIssuer(OidcConfiguration.local(URI.create(ISSUER)), folder, clock);
  }

  private static Map<String, String> with(Map<String, String> base, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(base);
    changed.put(name, value);
    return changed;
  }

  private static Map<String, String> authorization() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", "microcos-web");
    parameters.put("redirect_uri", BACK);
    parameters.put("scope", "openid microcos");
    parameters.put("state", "s <1>");
    parameters.put("nonce", "n1");
    parameters.put("code_challenge", CHALLENGE);
    parameters.put("code_challenge_method", "S256");
    return parameters;
  }

  private static String encode(Map<String, String> parameters) {
    String appended = Parameters.append("", parameters);
    return appended.isEmpty() ? "" : appended.substring(1);
  }

  private AwsResponse get(String path, Map<String, String> parameters) {
    return issuer.handle(
        new AwsRequest("GET", "/oidc" + path, encode(parameters), Map.of(), new byte[0]));
  }

  private AwsResponse post(String path, Map<String, String> form) {
    Map<String, String> headers = Map.of("content-type", "application/x-www-form-urlencoded");
    return issuer.handle(
        new AwsRequest("POST", "/oidc" + path, "", headers, encode(form).getBytes(UTF_8)));
  }

  private static String text(AwsResponse response) {
    return new String(((AwsResponse.Body.Bytes) response.body()).bytes(), UTF_8);
  }

  private static JsonNode json(AwsResponse response) throws IOException {
    return new ObjectMapper().readTree(text(response));
  }

  private static Parameters sentBack(AwsResponse response) {
    assertThat(response.status()).isEqualTo(303);
    String location = String.valueOf(response.headers().get("location"));
    assertThat(location).startsWith(BACK + "?");
    return Parameters.parse(location.substring(location.indexOf('?') + 1));
  }

  private String code(String name) {
    return sentBack(post("/authorize", with(authorization(), "name", name))).require("code");
  }

  private static Map<String, String> redemption(String code) {
    return Map.of(
        "grant_type", "authorization_code",
        "client_id", "microcos-web",
        "redirect_uri", BACK,
        "code", code,
        "code_verifier", VERIFIER);
  }

  private static Map<String, String> refreshing(String token) {
    return Map.of(
        "grant_type", "refresh_token", "client_id", "microcos-web", "refresh_token", token);
  }

  private static void isRefused(AwsResponse response, String error) throws IOException {
    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response).get("error").asText()).isEqualTo(error);
    assertThat(response.headers()).containsEntry("cache-control", "no-store");
  }

  @Nested
  class Signing_in {
    @Test
    void gives_tokens_that_the_authorizer_takes() throws Exception {
      AwsResponse response = post("/token", redemption(code("me")));
      JsonNode tokens = json(response);
      assertThat(response.status()).isEqualTo(200);
      assertThat(tokens.get("token_type").asText()).isEqualTo("Bearer");
      assertThat(tokens.get("expires_in").asInt()).isEqualTo(3600);

      JwtAuthorizer authorizer =
          new JwtAuthorizer(ISSUER, Set.of("microcos"), issuer::publicKey, clock);
      JwtAuthorizer.Decision decision =
          authorizer.authorize("Bearer " + tokens.get("access_token").asText());
      assertThat(decision).isInstanceOf(JwtAuthorizer.Decision.Granted.class);
      JwtAuthorizer.Decision.Granted granted = (JwtAuthorizer.Decision.Granted) decision;
      assertThat(granted.scopes()).containsExactly("microcos");
      assertThat(granted.claims())
          .containsEntry("sub", "me")
          .containsEntry("client_id", "microcos-web");

      String identity = tokens.get("id_token").asText();
      JWTClaimsSet claims = SignedJWT.parse(identity).getJWTClaimsSet();
      assertThat(claims.getAudience()).containsExactly("microcos-web");
      assertThat(claims.getStringClaim("nonce")).isEqualTo("n1");
      assertThat(authorizer.authorize("Bearer " + identity))
          .isInstanceOf(JwtAuthorizer.Decision.Refused.class);
    }

    @Test
    void shows_one_button_and_a_field_and_escapes_what_it_was_given() {
      String page = text(get("/authorize", with(authorization(), "login_hint", "<b>Ann</b>")));
      assertThat(page)
          .contains("Continue as &lt;b&gt;Ann&lt;/b&gt;", "Another name", "s &lt;1&gt;")
          .doesNotContain("<b>");
      assertThat(text(get("/authorize", authorization()))).contains("Continue as me");
      assertThat(get("/authorize", authorization()).headers().get("content-security-policy"))
          .contains("form-action 'self' http://127.0.0.1:8787");
    }

    @Test
    void keeps_the_state_and_says_who_answers() {
      Parameters answer = sentBack(post("/authorize", with(authorization(), "name", "Ann O. Nym")));
      assertThat(answer.require("state")).isEqualTo("s <1>");
      assertThat(answer.require("iss")).isEqualTo(ISSUER);
    }

    @Test
    void without_a_page_needs_a_name() {
      Map<String, String> silent = with(authorization(), "prompt", "none");
      assertThat(sentBack(get("/authorize", silent)).require("error")).isEqualTo("login_required");
      assertThat(sentBack(get("/authorize", with(silent, "login_hint", "me"))).find("code"))
          .isPresent();
    }

    @Test
    void with_a_name_that_is_none_asks_again() {
      AwsResponse page = post("/authorize", with(authorization(), "name", "<script>"));
      assertThat(page.status()).isEqualTo(400);
      assertThat(text(page)).contains("A name has up to 63").doesNotContain("<script>");
    }
  }

  @Nested
  class A_request_for_a_code {
    @Test
    void from_a_stranger_or_to_elsewhere_is_not_redirected() throws Exception {
      isRefused(get("/authorize", Map.of()), "invalid_request");
      isRefused(get("/authorize", with(authorization(), "client_id", "other")), "invalid_client");
      for (String address :
          List.of(
              "http://evil.example/",
              "http://127.0.0.1.evil.example/",
              "http://evil@127.0.0.1/",
              "http://127.0.0.1/#x",
              "javascript:alert(1)",
              "/relative",
              "http://[bad")) {
        isRefused(
            get("/authorize", with(authorization(), "redirect_uri", address)), "invalid_request");
      }
    }

    @Test
    void that_lacks_something_is_sent_back_with_the_error() {
      Map<List<String>, String> wrong =
          Map.of(
              List.of("response_type", "token"), "unsupported_response_type",
              List.of("code_challenge", ""), "invalid_request",
              List.of("code_challenge", "short"), "invalid_request",
              List.of("code_challenge_method", "plain"), "invalid_request",
              List.of("code_challenge_method", ""), "invalid_request",
              List.of("scope", "microcos admin"), "invalid_scope");
      wrong.forEach((change, error) -> {
        Map<String, String> request = with(authorization(), change.get(0), change.get(1));
        assertThat(sentBack(get("/authorize", request)).require("error")).isEqualTo(error);
        assertThat(sentBack(post("/authorize", with(request, "name", "me"))).find("code"))
            .isEmpty();
      });
    }
  }

  @Nested
  class A_code {
    @Test
    void needs_its_verifier_and_its_address() throws Exception {
      isRefused(
          post("/token", with(redemption(code("me")), "code_verifier", VERIFIER + "x")),
          "invalid_grant");
      isRefused(
          post("/token", with(redemption(code("me")), "code_verifier", "short")), "invalid_grant");
      isRefused(
          post("/token", with(redemption(code("me")), "code_verifier", "")), "invalid_request");
      isRefused(
          post("/token", with(redemption(code("me")), "redirect_uri", BACK + "x")),
          "invalid_grant");
      isRefused(post("/token", redemption("invented")), "invalid_grant");
    }

    @Test
    void used_twice_ends_what_it_gave() throws Exception {
      String code = code("me");
      String refresh = json(post("/token", redemption(code))).get("refresh_token").asText();
      isRefused(post("/token", redemption(code)), "invalid_grant");
      isRefused(post("/token", refreshing(refresh)), "invalid_grant");
    }

    @Test
    void is_good_for_a_minute() throws Exception {
      String code = code("me");
      clock.advance(Duration.ofMinutes(1));
      isRefused(post("/token", redemption(code)), "invalid_grant");
    }
  }

  @Nested
  class A_refresh_token {
    @Test
    void is_replaced_by_its_use_and_its_second_use_ends_the_family() throws Exception {
      String first = json(post("/token", redemption(code("me")))).get("refresh_token").asText();
      String second = json(post("/token", refreshing(first))).get("refresh_token").asText();
      assertThat(second).isNotEqualTo(first);
      isRefused(post("/token", refreshing(first)), "invalid_grant");
      isRefused(post("/token", refreshing(second)), "invalid_grant");
    }

    @Test
    void ends_with_logout() throws Exception {
      JsonNode tokens = json(post("/token", redemption(code("me"))));
      AwsResponse out =
          get(
              "/logout",
              Map.of(
                  "id_token_hint",
                  tokens.get("id_token").asText(),
                  "post_logout_redirect_uri",
                  BACK,
                  "state",
                  "x"));
      assertThat(sentBack(out).require("state")).isEqualTo("x");
      isRefused(post("/token", refreshing(tokens.get("refresh_token").asText())), "invalid_grant");
      isRefused(
          get("/logout", Map.of("post_logout_redirect_uri", "http://evil.example/")),
          "invalid_request");
      isRefused(get("/logout", Map.of("id_token_hint", "x")), "invalid_request");
    }
  }

  @Test
  void the_token_endpoint_says_what_it_does_not_understand() throws Exception {
    isRefused(post("/token", Map.of()), "invalid_request");
    isRefused(post("/token", with(redemption("x"), "client_id", "other")), "invalid_client");
    isRefused(
        post("/token", with(redemption("x"), "grant_type", "password")), "unsupported_grant_type");
    AwsRequest twice =
        new AwsRequest(
            "POST",
            "/oidc/token",
            "",
            Map.of("content-type", "application/x-www-form-urlencoded"),
            "client_id=a&client_id=b".getBytes(UTF_8));
    isRefused(issuer.handle(twice), "invalid_request");
    isRefused(
        issuer.handle(
            new AwsRequest("POST", "/oidc/token", "", Map.of(), "grant_type=%zz".getBytes(UTF_8))),
        "invalid_request");
    assertThat(get("/nothing", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void its_key_outlives_it_and_stays_private() throws Exception {
    String token = issuer.mint("anybody, at all", Set.of("microcos", "admin")).token();
    OidcIssuer restarted =
        new OidcIssuer(OidcConfiguration.local(URI.create(ISSUER)), folder, clock);
    JwtAuthorizer authorizer =
        new JwtAuthorizer(ISSUER, Set.of("microcos"), restarted::publicKey, clock);
    assertThat(authorizer.authorize(token)).isInstanceOf(JwtAuthorizer.Decision.Granted.class);
    JsonNode key = json(get("/jwks", Map.of())).get("keys").get(0);
    assertThat(key.has("n")).isTrue();
    assertThat(key.has("d")).isFalse();
    assertThat(json(get("/.well-known/openid-configuration", Map.of())).get("issuer").asText())
        .isEqualTo(ISSUER);
  }
}
