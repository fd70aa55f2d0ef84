package dev.microcos.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Where a server listens, by {@code contract.md}.
 *
 * @param base the address of {@code /v1/…} and {@code /health}
 * @param admin the address of {@code /_local/…}
 * @param patience how long to wait for any answer or frame
 */
record Endpoint(URI base, URI admin, Duration patience) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An endpoint that may take ten seconds to answer. */
  Endpoint(URI base, URI admin) {
    this(base, admin, PATIENCE);
  }

  /** A new kept-alive connection. */
  HttpConnection connect() throws IOException {
    return HttpConnection.open(base, patience);
  }

  /** A token for the named person, from the admin port. */
  String token(String sub) throws IOException {
    String body = JSON.createObjectNode().put("sub", sub).toString();
    try (HttpConnection connection = HttpConnection.open(admin, patience)) {
      byte[] request = HttpConnection.request("POST", admin, "/_local/token", null, body);
      return json(connection.send(request), 200).path("token").asText();
    }
  }

  /** The address of a socket, with a fresh one-use ticket. */
  URI socket(String token) throws IOException {
    try (HttpConnection connection = connect()) {
      byte[] request = HttpConnection.request("POST", base, "/v1/socket-tickets", token, "{}");
      JsonNode ticket = json(connection.send(request), 200);
      return URI.create(ticket.path("url").asText());
    }
  }

  /** Whether the server says that it is well. */
  boolean healthy() {
    try (HttpConnection connection = connect()) {
      return connection.send(HttpConnection.request("GET", base, "/health", null, null)).status()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** The JSON of a reply; fails, with what was said, unless its status is the expected kind. */
  static JsonNode json(HttpReply reply, int expected) throws IOException {
    if (reply.status() / 100 != expected / 100) {
      throw new IOException(
          "Expected " + expected + ", got " + reply.status() + ": " + reply.text());
    }
    return JSON.readTree(reply.body());
  }
}
