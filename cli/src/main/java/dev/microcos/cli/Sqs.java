package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The queues of the local cloud, by the JSON protocol of Amazon SQS. */
final class Sqs {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** The local cloud takes any credentials; only their form is looked at. */
  private static final String ANYBODY =
      "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/sqs/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;

  Sqs(URI url) {
    this.url = url;
  }

  /** What this operation answers. */
  JsonNode call(String operation, ObjectNode body) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/"))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + operation)
            .header("Authorization", ANYBODY)
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
            .build();
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw Failure.unreachable(url + " does not answer", "see ./microcos doctor");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted", "run the command again");
    }
    JsonNode answer = Json.read(response.body());
    if (response.statusCode() != 200) {
      throw Failure.failed(
          operation + " was refused: " + Json.text(answer, "message"), "see ./microcos doctor");
    }
    return answer;
  }
}
