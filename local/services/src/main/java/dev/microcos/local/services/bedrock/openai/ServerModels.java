package dev.microcos.local.services.bedrock.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.BedrockFault.Kind;
import dev.microcos.local.services.bedrock.model.ModelCatalog;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the server's models is meant. A name is passed on as it is given. Only the id of a Llama
 * on Bedrock, which no other server knows, stands for the nearest model that the server lists, so
 * that the default works with whatever Llama was pulled.
 */
final class ServerModels {

  private static final Pattern BEDROCK_LLAMA = Pattern.compile("llama(\\d+)-(\\d+)-(\\d+b)");

  private final Map<String, String> resolved = new ConcurrentHashMap<>();
  private final URI url;

  ServerModels(URI url) {
    this.url = url;
  }

  /** Asks the server. */
  @FunctionalInterface
  interface Get {
    /** The JSON at this path, or a missing node if the server refuses. */
    JsonNode get(String path) throws BedrockFault, InterruptedException;
  }

  /**
   * The server's name for the model.
   *
   * @throws BedrockFault if the server lists its models and has none
   */
  String resolve(String id, Get server) throws BedrockFault, InterruptedException {
    if (!ModelCatalog.isBedrockLlama(id)) {
      return id;
    }
    String known = resolved.get(id);
    if (known != null) {
      return known;
    }
    JsonNode listed = server.get("/models").path("data");
    if (!listed.isArray()) {
      return id;
    }
    String nearest = nearest(id, names(listed));
    resolved.put(id, nearest);
    return nearest;
  }

  private String nearest(String id, List<String> names) throws BedrockFault {
    if (names.contains(id)) {
      return id;
    }
    return names.stream()
        .max(Comparator.comparingInt(name -> likeness(id, name)))
        .orElseThrow(() ->
            new BedrockFault(
                Kind.RESOURCE_NOT_FOUND,
                "The model server at "
                    + url
                    + " has no model yet. With Ollama: ollama pull llama3.2"));
  }

  private List<String> names(JsonNode listed) {
    List<String> names = new ArrayList<>();
    for (JsonNode model : listed) {
      String name = model.path("id").asText();
      if (!name.isBlank() && !name.toLowerCase(Locale.ROOT).contains("embed")) {
        names.add(name);
      }
    }
    return names.reversed();
  }

  /** How much a server's model looks like the one that is meant: family first, then size. */
  private static int likeness(String id, String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace("-", "");
    Matcher llama = BEDROCK_LLAMA.matcher(id);
    int score = plain.contains("llama") ? 1 : 0;
    if (llama.find()) {
      score += plain.contains("llama" + llama.group(1) + "." + llama.group(2)) ? 4 : 0;
      score += plain.contains(llama.group(3)) ? 2 : 0;
    }
    return score;
  }
}
