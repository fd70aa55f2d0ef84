package dev.microcos.local.services.bedrock;

import dev.microcos.local.services.bedrock.model.ModelBackend;
import dev.microcos.local.services.bedrock.model.Pace;
import dev.microcos.local.services.bedrock.offline.OfflineModel;
import dev.microcos.local.services.bedrock.openai.OpenAiBackend;
import java.net.URI;
import java.util.Map;

/** Chooses what stands behind the Bedrock wire. */
public final class LocalModels {

  private LocalModels() {}

  /**
   * The model that the environment names: the OpenAI-compatible server at {@code
   * MICROCOS_MODEL_URL}, else the offline model at {@code MICROCOS_OFFLINE_PACE} tokens a second
   * (0: at once; not set: a human pace).
   *
   * @throws IllegalArgumentException naming the variable that cannot be read
   */
  public static ModelBackend from(Map<String, String> environment) {
    String url = environment.getOrDefault("MICROCOS_MODEL_URL", "").strip();
    if (!url.isEmpty()) {
      String key = environment.getOrDefault("MICROCOS_MODEL_KEY", "").strip();
      return new OpenAiBackend(address(url), key);
    }
    return new OfflineModel(pace(environment.getOrDefault("MICROCOS_OFFLINE_PACE", "")));
  }

  private static URI address(String url) {
    if (!url.matches("https?://[^\\s/]+(?:/\\S*)?")) {
      throw new IllegalArgumentException(
          "MICROCOS_MODEL_URL must be an address like http://127.0.0.1:11434/v1, not " + url);
    }
    return URI.create(url);
  }

  private static Pace pace(String value) {
    try {
      return value.isBlank() ? Pace.HUMAN : Pace.perSecond(Double.parseDouble(value.strip()));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          "MICROCOS_OFFLINE_PACE must be a number of tokens a second, 0 or more, not " + value,
          malformed);
    }
  }
}
