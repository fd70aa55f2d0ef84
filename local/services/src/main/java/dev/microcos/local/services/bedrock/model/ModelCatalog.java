package dev.microcos.local.services.bedrock.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The models on offer and what they can. The ids are configuration; what a family cannot do is
 * AWS's rule, and holds here whatever answers behind the wire.
 *
 * @param ids the ids that are accepted, as given
 */
public record ModelCatalog(Set<String> ids) {

  /** The big model where none is configured: Llama 3.3 70B. */
  public static final String BIG = "us.meta.llama3-3-70b-instruct-v1:0";

  /** The small model where none is configured: Llama 3.1 8B. */
  public static final String SMALL = "us.meta.llama3-1-8b-instruct-v1:0";

  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:bedrock:[^:]*:[^:]*:(?:inference-profile|foundation-model)/(.+)");

  /** Keeps the ids from changing. */
  public ModelCatalog {
    ids = Set.copyOf(ids);
  }

  /** The models that {@code MICROCOS_BIG_MODEL} and {@code MICROCOS_SMALL_MODEL} name. */
  public static ModelCatalog from(Map<String, String> environment) {
    return new ModelCatalog(
        Set.copyOf(
            List.of(
                value(environment, "MICROCOS_BIG_MODEL", BIG),
                value(environment, "MICROCOS_SMALL_MODEL", SMALL))));
  }

  private static String value(Map<String, String> environment, String name, String otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? otherwise : value.strip();
  }

  /**
   * The id that a request's {@code modelId} stands for: an id, an id without its region prefix, or
   * the ARN of an inference profile or foundation model.
   *
   * @throws BedrockFault if it is none of the models on offer
   */
  public String resolve(String modelId) throws BedrockFault {
    var arn = ARN.matcher(modelId);
    String id = arn.matches() ? arn.group(1) : modelId;
    for (String known : ids) {
      if (known.equals(id) || withoutRegion(known).equals(id)) {
        return known;
      }
    }
    throw BedrockFault.invalid(
        "The provided model identifier is invalid. Offered here are "
            + String.join(" and ", ids.stream().sorted().toList())
            + " (MICROCOS_BIG_MODEL, MICROCOS_SMALL_MODEL).");
  }

  /**
   * Whether this is a Llama on Bedrock. It takes tools in Converse only, chooses them itself, and
   * reads only text.
   */
  public static boolean isBedrockLlama(String id) {
    return withoutRegion(id).startsWith("meta.llama");
  }

  private static String withoutRegion(String id) {
    return id.replaceFirst("^(?:us|us-gov|eu|apac|global)\\.", "");
  }
}
