package dev.microcos.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The local cloud, started by its own command with the limits of a person out of the way.
 *
 * @param root the repository
 * @param version what is checked out there
 * @param extra further environment variables
 */
record MicroCos(Path root, String version, Map<String, String> extra) implements Contender {
  private static final String MANY = "100000000";

  /** The same with an OpenAI-compatible model behind its Bedrock. */
  MicroCos on(URI model) {
    return new MicroCos(root, version, Map.of("MICROCOS_MODEL_URL", model.toString()));
  }

  @Override
  public String name() {
    return "microcos";
  }

  /** Nothing: the first start builds, and {@link Session} makes one before it takes time. */
  @Override
  public void prepare() {}

  @Override
  public List<String> command(Ports ports, Path data) {
    return List.of(
        root.resolve("microcos").toString(),
        "up",
        "--port=" + ports.web(),
        "--admin-port=" + ports.admin(),
        "--aws-port=" + ports.aws(),
        "--data=" + data);
  }

  @Override
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(extra);
    environment.put("MICROCOS_MESSAGES_PER_MINUTE", MANY);
    environment.put("MICROCOS_WRITES_PER_MINUTE", MANY);
    environment.put("MICROCOS_TOKENS_PER_DAY", MANY);
    return environment;
  }

  @Override
  public Endpoint endpoint(Ports ports) {
    return new Endpoint(Contender.loopback(ports.web()), Contender.loopback(ports.admin()));
  }

  @Override
  public boolean streams() {
    return true;
  }
}
