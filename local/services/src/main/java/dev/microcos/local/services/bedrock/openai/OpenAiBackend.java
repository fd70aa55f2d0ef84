package dev.microcos.local.services.bedrock.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.BedrockFault.Kind;
import dev.microcos.local.services.bedrock.model.ModelBackend;
import dev.microcos.local.services.bedrock.model.ModelStream;
import dev.microcos.local.services.bedrock.model.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Has an OpenAI-compatible server answer. */
public final class OpenAiBackend implements ModelBackend {

  /** A server may have to load the model before it answers. */
  private static final Duration UNTIL_HEADERS = Duration.ofMinutes(5);

  private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(5);

  private final ObjectMapper json = new ObjectMapper();
  private final ServerErrors errors;
  private final ServerModels models;
  private final HttpClient http;
  private final URI url;
  private final String key;

  /**
   * A server at this address.
   *
   * @param url ends before {@code /chat/completions}, as in {@code http://127.0.0.1:11434/v1}
   * @param key sent as bearer token; empty to send none
   */
  public OpenAiBackend(URI url, String key) {
    this.url = URI.create(url.toString().replaceFirst("/+$", ""));
    this.key = key;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(UNTIL_CONNECTED)
            .build();
    this.errors = new ServerErrors(this.url, json);
    this.models = new ServerModels(this.url);
  }

  @Override
  public String name() {
    return "model server at " + url;
  }

  @Override
  public ModelStream open(Prompt prompt, Delivery delivery)
      throws BedrockFault, InterruptedException {
    String model = models.resolve(prompt.modelId(), this::get);
    HttpResponse<InputStream> response =
        send(
            request("/chat/completions")
                .header("content-type", "application/json")
                .timeout(UNTIL_HEADERS)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(model, prompt, delivery)))
                .build());
    if (response.statusCode() != 200) {
      throw errors.refused(response, model);
    }
    return switch (delivery) {
      case STREAMED -> new CompletionStream(response.body(), new Completion(json, prompt));
      case WHOLE -> new Completion(json, prompt).whole(read(response));
    };
  }

  private byte[] body(String model, Prompt prompt, Delivery delivery) {
    try {
      return json.writeValueAsBytes(CompletionRequest.of(model, prompt, delivery));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of plain values", impossible);
    }
  }

  /** The answer to a GET, read as JSON. */
  private JsonNode get(String path) throws BedrockFault, InterruptedException {
    HttpResponse<InputStream> response = send(request(path).timeout(UNTIL_CONNECTED).GET().build());
    if (response.statusCode() != 200) {
      hangUp(response.body());
      return MissingNode.getInstance();
    }
    return read(response);
  }

  private static void hangUp(InputStream body) {
    try {
      body.close();
    } catch (IOException gone) {
      // The line is down either way.
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return key.isEmpty() ? request : request.header("authorization", "Bearer " + key);
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws BedrockFault, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException failure) {
      throw errors.unreachable(failure);
    }
  }

  private JsonNode read(HttpResponse<InputStream> response) throws BedrockFault {
    try (InputStream body = response.body()) {
      return json.readTree(body);
    } catch (JsonProcessingException malformed) {
      throw new BedrockFault(
          Kind.MODEL_ERROR, "The " + name() + " answered with something that is not JSON.");
    } catch (IOException failure) {
      throw new BedrockFault(
          Kind.MODEL_ERROR, "The " + name() + " broke off before its answer was complete.");
    }
  }
}
