package dev.microcos.local.services.oidc;

import dev.microcos.local.services.transport.AwsResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** The two pages that a person may see. */
final class SignInPage {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Set<String> OWN_FIELDS = Set.of("name", "prompt", "login_hint");

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--paper:#faf9f6;--card:#fff;--ink:#23211d;--soft:#6d685e;--line:#e4e0d7;--accent:#2f5d50}
      @media(prefers-color-scheme:dark){:root{--paper:#181a19;--card:#212423;--ink:#eceae4;--soft:#a09b90;--line:#343836;--accent:#8fc7b4}}
      *{box-sizing:border-box}
      body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--paper);color:var(--ink);
      font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
      main{width:100%;max-width:360px;background:var(--card);border:1px solid var(--line);border-radius:16px;padding:32px}
      h1{margin:0 0 4px;font-size:22px;font-weight:600;letter-spacing:-.01em}
      p{margin:0 0 24px;color:var(--soft)}
      button{width:100%;font:inherit;font-weight:600;padding:12px 16px;border-radius:10px;border:1px solid var(--accent);
      background:var(--accent);color:var(--card);cursor:pointer}
      button.plain{background:transparent;color:var(--accent)}
      hr{border:0;border-top:1px solid var(--line);margin:24px 0}
      label{display:block;font-size:14px;color:var(--soft);margin-bottom:6px}
      input{width:100%;font:inherit;color:inherit;background:transparent;padding:11px 12px;border:1px solid var(--line);
      border-radius:10px;margin-bottom:12px}
      :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
      .problem{color:#b3402f;margin:0 0 12px;font-size:14px}
      """;

  private SignInPage() {}

  /** One button to go on as oneself, and a field for another name. */
  static AwsResponse show(Parameters parameters, AuthorizationRequest asked, String problem) {
    String hidden = hidden(parameters);
    String known = asked.hint().orElse("me");
    String other = parameters.find("name").orElse("");
    String body =
        """
        <h1>Sign in</h1>
        <p>This is your own machine. No password is needed.</p>
        <form method="post"><input type="hidden" name="name" value="%s">%s<button type="submit" autofocus>Continue as %s</button></form>
        <hr>
        <form method="post">%s<label for="name">Another name</label>%s
        <input id="name" name="name" value="%s" maxlength="63" required autocomplete="username" spellcheck="false">
        <button type="submit" class="plain">Continue</button></form>
        """
            .formatted(
                Answers.html(known),
                hidden,
                Answers.html(known),
                hidden,
                problem.isEmpty()
                    ? ""
                    : "<div class=\"problem\" role=\"alert\">" + Answers.html(problem) + "</div>",
                Answers.html(problem.isEmpty() ? "" : other));
    return page(problem.isEmpty() ? 200 : 400, "'self' " + origin(asked.redirectUri()), body);
  }

  static AwsResponse signedOut() {
    return page(200, "'none'", "<h1>Signed out</h1><p>You can close this page.</p>");
  }

  private static String hidden(Parameters parameters) {
    StringBuilder fields = new StringBuilder();
    parameters
        .values()
        .forEach((name, value) -> {
          if (!OWN_FIELDS.contains(name)) {
            fields
                .append("<input type=\"hidden\" name=\"")
                .append(Answers.html(name))
                .append("\" value=\"")
                .append(Answers.html(value))
                .append("\">");
          }
        });
    return fields.toString();
  }

  /** Browsers hold a form's redirect against the policy too, so the way back must be in it. */
  private static String origin(String redirectUri) {
    URI uri = URI.create(redirectUri);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static AwsResponse page(int status, String formAction, String body) {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    String nonce = Base64.getEncoder().encodeToString(random);
    String html =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Micro CoS: sign in</title><style nonce="%s">%s</style></head>
        <body><main>%s</main></body></html>
        """
            .formatted(nonce, STYLE, body);
    return new AwsResponse(
        status,
        Map.of(
            "content-type",
            "text/html; charset=utf-8",
            "cache-control",
            "no-store",
            "referrer-policy",
            "same-origin", // a stricter one makes browsers send the form with Origin: null
            "x-content-type-options",
            "nosniff",
            "content-security-policy",
            "default-src 'none'; style-src 'nonce-%s'; base-uri 'none'; frame-ancestors 'none'; form-action %s"
                .formatted(nonce, formAction)),
        new AwsResponse.Body.Bytes(html.getBytes(StandardCharsets.UTF_8)));
  }
}
