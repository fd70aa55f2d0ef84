package dev.microcos.cli;

import dev.microcos.local.cloud.LocalCloudOptions;

/** The ports that a local cloud takes unless told otherwise. */
final class Ports {
  /** The page and the API. */
  static final int PAGE = LocalCloudOptions.PORT;

  /** Tokens, clock and faults. */
  static final int ADMIN = LocalCloudOptions.ADMIN_PORT;

  /** The AWS services. */
  static final int AWS = LocalCloudOptions.AWS_PORT;

  private Ports() {}

  /** The page's port: what the environment says, else the usual one. */
  static int page(Settings settings) {
    String value = settings.get("MICROCOS_PORT").orElse(String.valueOf(PAGE));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw Failure.wrongUse("MICROCOS_PORT is no number: " + value, "for example 8787");
    }
  }
}
