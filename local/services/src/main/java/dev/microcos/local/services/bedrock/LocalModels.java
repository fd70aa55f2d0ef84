package dev.microcos.local.services.bedrock;

import dev.microcos.local.services.bedrock.model.ModelBackend;
import dev.microcos.local.services.bedrock.model.Pace;
import dev.microcos.local.services.bedrock.offline.OfflineModel;
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
    return new OfflineModel(pace(environment.getOrDefault("MICROCOS_OFFLINE_PACE", "")));
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
