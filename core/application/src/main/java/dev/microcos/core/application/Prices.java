package dev.microcos.core.application;

import dev.microcos.core.domain.log.Fact.TokenUse;

/**
 * What models cost at the list price of Amazon Bedrock, on-demand, us-east-1, in US dollars a
 * million tokens. What is not listed here costs nothing: a local model, or what stands in for one.
 */
final class Prices {

  private Prices() {}

  /** The cost in millionths of a US dollar. */
  static long micros(TokenUse use) {
    double input = dollarsPerMillion(use.model());
    return Math.round(input * use.input() + input * use.output());
  }

  /** Llama models cost the same for reading and writing. */
  private static double dollarsPerMillion(String model) {
    String family = model.replaceFirst("^(us|eu|apac)\\.", "");
    if (family.startsWith("meta.llama3-3-70b")) {
      return 0.72;
    }
    return family.startsWith("meta.llama3-1-8b") ? 0.22 : 0;
  }
}
