package dev.microcos.local.services.bedrock.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.BedrockFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells a server's failures in Bedrock's terms, with the way out. */
final class ServerErrors {

  private static final int LONGEST_DETAIL = 300;

  private final URI url;
  private final ObjectMapper json;

  ServerErrors(URI url, ObjectMapper json) {
    this.url = url;
    this.json = json;
  }

  /** What an answer with another status than 200 means. */
  BedrockFault refused(HttpResponse<InputStream> response, String model) {
    int status = response.statusCode();
    String said = " The server said " + status + detail(response);
    return switch (status) {
      case 401, 403 ->
          new BedrockFault(
              Kind.ACCESS_DENIED,
              "The model server at " + url + " refused the key. Set MICROCOS_MODEL_KEY." + said);
      case 404 ->
          new BedrockFault(
              Kind.RESOURCE_NOT_FOUND,
              "The model server at "
                  + url
                  + " has no model "
                  + model
                  + ". With Ollama: ollama pull "
                  + model
                  + "; or name one that it has in MICROCOS_BIG_MODEL and MICROCOS_SMALL_MODEL; or"
                  + " see whether MICROCOS_MODEL_URL should end in /v1."
                  + said);
      case 429 -> throttled(response, said);
      case 408, 504 ->
          new BedrockFault(
              Kind.MODEL_TIMEOUT, "The model server at " + url + " took too long." + said);
      case 502, 503 ->
          new BedrockFault(
              Kind.SERVICE_UNAVAILABLE,
              "The model server at " + url + " is not ready. Try again in a moment." + said);
      default ->
          status >= 500
              ? new BedrockFault(
                  Kind.INTERNAL_SERVER,
                  "The model server at " + url + " failed; its log says why." + said)
              : BedrockFault.invalid(
                  "The model server at " + url + " does not take this request." + said);
    };
  }

  private BedrockFault throttled(HttpResponse<InputStream> response, String said) {
    String after = response.headers().firstValue("retry-after").orElse("");
    String when = after.isEmpty() ? "Wait a moment." : "Retry after " + after + ".";
    return new BedrockFault(
        Kind.THROTTLING,
        "The model server at " + url + " has too many requests. " + when + said,
        after.isEmpty() ? Map.of() : Map.of("retry-after", after));
  }

  /** What it means that there is no answer. */
  BedrockFault unreachable(IOException failure) {
    boolean slow =
        failure instanceof HttpTimeoutException
            && !(failure instanceof HttpConnectTimeoutException);
    return slow
        ? new BedrockFault(
            Kind.MODEL_TIMEOUT,
            "The model server at " + url + " did not answer in time. A smaller model may.")
        : new BedrockFault(
            Kind.SERVICE_UNAVAILABLE,
            "No model server answers at "
                + url
                + ". Start it (Ollama: ollama serve), correct MICROCOS_MODEL_URL, or unset it to"
                + " have the offline model.");
  }

  private String detail(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(16_384), StandardCharsets.UTF_8);
      String message = message(text).replaceAll("\\s+", " ").strip();
      return message.isEmpty()
          ? "."
          : ": " + message.substring(0, Math.min(LONGEST_DETAIL, message.length()));
    } catch (IOException broken) {
      return ".";
    }
  }

  private String message(String text) {
    try {
      JsonNode body = json.readTree(text);
      JsonNode error = body.path("error");
      return error.isTextual()
          ? error.asText()
          : error.path("message").asText(body.path("message").asText());
    } catch (IOException notJson) {
      return text;
    }
  }
}
