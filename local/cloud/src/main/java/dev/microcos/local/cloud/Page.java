package dev.microcos.local.cloud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.microcos.local.services.apigateway.StaticFiles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The page and what it needs to know of its surroundings. */
final class Page {
  /** Where the module of the page packs it. */
  private static final String FOLDER = "dev/microcos/web";

  private Page() {}

  /** The files of the page, where it is on the classpath, and {@code /config.json}. */
  static StaticFiles of(URI issuer, String environment) {
    String config =
        JsonNodeFactory.instance
            .objectNode()
            .put("issuer", issuer.toString())
            .put("client_id", "microcos-web")
            .put("environment", environment)
            .toString();
    return StaticFiles.of(Map.of("/config.json", config.getBytes(StandardCharsets.UTF_8)))
        .or(StaticFiles.classpath(Page.class.getClassLoader(), FOLDER));
  }
}
