package dev.microcos.local.cloud;

import dev.microcos.core.aws.Host;
import dev.microcos.local.cloud.template.Place;
import dev.microcos.local.services.oidc.OidcConfiguration;
import dev.microcos.local.services.transport.InProcessAsyncHttpClient;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * What the functions get from the outside here: the virtual clock, and services without a network.
 */
final class Hosts {
  private final Map<String, String> process;
  private final Map<String, String> local;
  private final InstantSource clock;
  private final RandomGenerator random = new SecureRandom();
  private final SdkHttpClient http;
  private final SdkAsyncHttpClient asyncHttp;

  /**
   * Hosts of one cloud.
   *
   * @param process the environment of the process
   */
  Hosts(
      Map<String, String> process,
      Place place,
      Ports ports,
      InstantSource clock,
      Router router,
      Crashes crashes) {
    this.process = process;
    this.clock = clock;
    this.http = new InProcessHttpClient(crashes.around(router::handle));
    this.asyncHttp = new InProcessAsyncHttpClient(router);
    this.local =
        Map.of(
            "AWS_REGION",
            place.region(),
            "SOCKETS_URL",
            "ws://127.0.0.1:" + ports.front() + "/ws",
            "PAGE_URL",
            "http://127.0.0.1:" + ports.front() + "/",
            "LOCAL_ISSUER",
            OidcConfiguration.LOCAL_ISSUER.toString(),
            "WORKFLOWS",
            WorkflowsPath.of(process).toString(),
            "TOKEN_FLUSH_MILLIS",
            "50",
            "MODEL_BACKEND",
            process.getOrDefault("MICROCOS_MODEL_URL", "").isBlank() ? "offline" : "openai",
            "POWERTOOLS_METRICS_DISABLED",
            "true");
  }

  /** The host of a function, given its variables in the template. */
  Host host(Map<String, String> variables) {
    return new Host(
        environment(variables),
        clock,
        random,
        AnonymousCredentialsProvider.create(),
        http,
        asyncHttp);
  }

  /** The template's variables, what is different on a laptop, and what the process wants. */
  private Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(local);
    process.forEach((name, value) -> {
      if (isSetting(name) && !value.isBlank()) {
        all.put(name, value);
      }
    });
    return Map.copyOf(all);
  }

  private static boolean isSetting(String name) {
    return name.startsWith("MICROCOS_")
        || name.equals("TOOL_TIMEOUT")
        || name.equals("TOKEN_FLUSH_MILLIS");
  }
}
