package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** A running local cloud and the clients of people who know nothing of its inside. */
final class TestCloud implements AutoCloseable {

  /** Enough for any test: what is tested then is not a limit. */
  static final Map<String, String> WIDE =
      Map.of(
          "MICROCOS_OFFLINE_PACE", "0",
          "MICROCOS_MESSAGES_PER_MINUTE", "10000",
          "MICROCOS_WRITES_PER_MINUTE", "10000",
          "MICROCOS_TOKENS_PER_DAY", "10000000");

  /** The same with one more variable. */
  static Map<String, String> wide(String variable, String value) {
    Map<String, String> variables = new HashMap<>(WIDE);
    variables.put(variable, value);
    return variables;
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalCloud cloud;

  private TestCloud(LocalCloud cloud) {
    this.cloud = cloud;
  }

  static {
    // Nothing is asserted of how fast this machine is.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }

  static TestCloud start(Path data, Map<String, String> variables) {
    return new TestCloud(LocalCloud.start(LocalCloudOptions.onFreePorts(data, variables)));
  }

  /** A client with a token of this person. */
  TestPerson as(String sub) {
    JsonNode token = admin("POST", "/_local/token", "{\"sub\":\"" + sub + "\"}");
    return withToken(token.path("token").asText());
  }

  /** A client that says this is its token; an empty one is not sent. */
  TestPerson withToken(String token) {
    return new TestPerson(http, cloud.url(), token);
  }

  /** Asks the admin port, which must be content. */
  JsonNode admin(String method, String path, String body) {
    return askAdmin(method, path, body).is(200);
  }

  TestPerson.Answer askAdmin(String method, String path, String body) {
    return new TestPerson(http, cloud.adminUrl(), "").send(method, path, body);
  }

  /** Lets exactly these things go wrong. */
  void faults(String json) {
    JsonNode _ = admin("PUT", "/_local/faults", json);
  }

  void noFaults() {
    JsonNode _ = admin("DELETE", "/_local/faults", "{}");
  }

  void advance(String duration) {
    JsonNode _ = admin("POST", "/_local/clock", "{\"advance\":\"" + duration + "\"}");
  }

  /** Where the AWS services are. */
  URI aws() {
    return cloud.awsUrl();
  }

  URI url() {
    return cloud.url();
  }

  @Override
  public void close() {
    cloud.close();
    http.close();
  }
}
