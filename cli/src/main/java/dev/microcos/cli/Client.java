package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Talks to one Micro CoS for one person over HTTP. */
final class Client {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http;
  private final URI base;
  private final String token;
  private final String whenUnreachable;

  private Client(HttpClient http, URI base, String token, String whenUnreachable) {
    this.http = http;
    this.base = base;
    this.token = token;
    this.whenUnreachable = whenUnreachable;
  }

  /** A client of the local cloud for the person of this name. */
  static Client local(Running cloud, String name) {
    String next = "see ./microcos doctor";
    HttpClient http = newHttp();
    Client admin = new Client(http, cloud.adminUrl(), "", next);
    JsonNode answer = admin.post("/_local/token", Json.object().put("sub", name));
    return new Client(http, cloud.url(), Json.text(answer, "token"), next);
  }

  /** A client of a deployed Micro CoS. */
  static Client remote(String url, String token) {
    URI base = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    return new Client(newHttp(), base, token, "check --target");
  }

  /** What a GET of this path gives. */
  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /** What a POST of this body to this path gives. */
  JsonNode post(String path, JsonNode body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
            .build());
  }

  /** A stream of the person's frames, from after this seq. */
  Frames frames(long after) {
    return new Frames(http, this, after, _ -> {});
  }

  /** The same, with what is to be done whenever a connection is open. */
  Frames frames(long after, Consumer<Frames> opened) {
    return new Frames(http, this, after, opened);
  }

  /** The failure of a target that does not answer. */
  Failure unreachable(Throwable reason) {
    String detail = reason.getMessage();
    return Failure.unreachable(
        base + " does not answer" + (detail == null ? "" : " (" + detail + ")"), whenUnreachable);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) {
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", "run the command again");
    }
    JsonNode body = Json.read(response.body());
    if (response.statusCode() >= 300) {
      throw refused(response, body);
    }
    return body;
  }

  private static Failure refused(HttpResponse<String> response, JsonNode problem) {
    String what = Json.text(problem, "detail");
    if (what.isEmpty()) {
      what = Json.text(problem, "title");
    }
    if (what.isEmpty()) {
      what = Json.text(problem, "message");
    }
    String errors =
        StreamSupport.stream(problem.path("errors").spliterator(), false)
            .map(error -> Json.text(error, "pointer") + " " + Json.text(error, "detail"))
            .collect(Collectors.joining("; "));
    if (!errors.isEmpty()) {
      what = what + ": " + errors;
    }
    String next =
        switch (response.statusCode()) {
          case 401, 403 -> "set MICROCOS_TOKEN to a fresh token, or use --target local";
          case 404 -> "see ./microcos state for what is there";
          case 429 ->
              "try again in " + response.headers().firstValue("Retry-After").orElse("60") + " s";
          case 503 -> "see ./microcos doctor";
          default -> "see --help";
        };
    return Failure.refused(
        response.statusCode(), problem, "refused (" + response.statusCode() + "): " + what, next);
  }

  private static HttpClient newHttp() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .build();
  }
}
