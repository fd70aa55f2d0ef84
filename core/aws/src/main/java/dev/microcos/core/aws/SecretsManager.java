package dev.microcos.core.aws;

import dev.microcos.core.application.port.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets of AWS Secrets Manager, remembered for a minute, so that a changed one soon counts. */
final class SecretsManager implements Secrets {

  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final SecretsManagerClient secrets;
  private final Host host;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  SecretsManager(SecretsManagerClient secrets, Host host) {
    this.secrets = secrets;
    this.host = host;
  }

  private record Known(Optional<String> secret, Instant until) {}

  @Override
  public Optional<String> webhook(String name) {
    Instant now = host.clock().instant();
    Known found = known.get(name);
    if (found == null || !found.until().isAfter(now)) {
      found = new Known(read(host.require("WEBHOOK_SECRETS") + name), now.plus(REMEMBERED));
      known.put(name, found);
    }
    return found.secret();
  }

  private Optional<String> read(String id) {
    try {
      return Optional.of(secrets.getSecretValue(get -> get.secretId(id)).secretString());
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }
}
