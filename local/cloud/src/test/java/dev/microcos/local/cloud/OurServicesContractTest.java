package dev.microcos.local.cloud;

import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The adapters over the services of the local cloud. */
class OurServicesContractTest extends AdaptersContract {

  private final Closing closing = new Closing();
  private @Nullable AwsFixture aws;

  @BeforeAll
  void start(@TempDir Path folder) {
    Services services =
        closing.add(Services.open(folder, InstantSource.system(), Blueprints.PLACE));
    Router router = Router.to(services.dynamodb(), services.sqs(), services.kms());
    String key = services.kms().ensureKey("contract");
    aws = closing.add(new AwsFixture(new InProcessHttpClient(router), key));
  }

  @AfterAll
  void stop() {
    closing.close();
  }

  @Override
  AwsFixture aws() {
    return Objects.requireNonNull(aws);
  }
}
