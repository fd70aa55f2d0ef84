package dev.microcos.local.services.oidc;

import dev.microcos.local.services.transport.AwsRequest;
import dev.microcos.local.services.transport.AwsResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code /authorize}: shows the sign-in page, takes its form, gives out codes. */
final class AuthorizeEndpoint {

  /** A name fit for a form; tokens for any other subject can be minted. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,62}");

  private final OidcConfiguration configuration;
  private final OneUse<Code> codes;
  private final InstantSource clock;

  AuthorizeEndpoint(OidcConfiguration configuration, OneUse<Code> codes, InstantSource clock) {
    this.configuration = configuration;
    this.codes = codes;
    this.clock = clock;
  }

  /** What a code stands for. */
  record Code(Grant grant, String redirectUri, String challenge) {}

  AwsResponse handle(AwsRequest request) {
    boolean submitted = request.method().equals("POST");
    Parameters parameters =
        Parameters.parse(
            submitted ? new String(request.body(), StandardCharsets.UTF_8) : request.query());
    String redirectUri = AuthorizationRequest.redirectUri(parameters, configuration);
    Optional<String> state = parameters.find("state");
    try {
      AuthorizationRequest asked = AuthorizationRequest.parse(parameters, configuration);
      if (submitted) {
        return signIn(asked, parameters.find("name").orElse("me").strip(), parameters);
      }
      if (asked.silent()) {
        String name =
            asked
                .hint()
                .orElseThrow(() -> new OAuthRefusal("login_required", "nobody is signed in"));
        return signIn(asked, name, parameters);
      }
      return SignInPage.show(parameters, asked, "");
    } catch (OAuthRefusal refusal) {
      Map<String, String> answer = new LinkedHashMap<>();
      answer.put("error", refusal.error());
      answer.put("error_description", refusal.description());
      return redirect(redirectUri, state, answer);
    }
  }

  private AwsResponse signIn(AuthorizationRequest asked, String name, Parameters parameters) {
    if (!NAME.matcher(name).matches()) {
      return SignInPage.show(
          parameters, asked, "A name has up to 63 letters, digits or . _ @ + - and spaces.");
    }
    Grant grant =
        new Grant(
            UUID.randomUUID().toString(), name, asked.scopes(), asked.nonce(), clock.instant());
    String code = codes.issue(new Code(grant, asked.redirectUri(), asked.challenge()));
    return redirect(asked.redirectUri(), asked.state(), Map.of("code", code));
  }

  private AwsResponse redirect(
      String address, Optional<String> state, Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    state.ifPresent(given -> all.put("state", given));
    all.put("iss", configuration.issuer().toString());
    return new AwsResponse(
        303,
        Map.of(
            "location",
            Parameters.append(address, all),
            "cache-control",
            "no-store",
            "referrer-policy",
            "no-referrer"),
        new AwsResponse.Body.Bytes(new byte[0]));
  }
}
