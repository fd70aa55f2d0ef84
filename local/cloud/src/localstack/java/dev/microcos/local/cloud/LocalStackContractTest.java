package dev.microcos.local.cloud;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** The adapters over LocalStack: {@code mvn verify -Plocalstack -Dlocalstack.image=…}. */
class LocalStackContractTest extends AdaptersContract {

  private final Closing closing = new Closing();
  private @Nullable AwsFixture aws;

  @BeforeAll
  void start() {
    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    if (!docker) {
      System.out.println("LocalStack is skipped: no Docker answers here");
    }
    Assumptions.assumeTrue(docker, "no Docker answers here");
    LocalStackContainer container =
        closing.add(
            new LocalStackContainer(
                    DockerImageName.parse(System.getProperty("localstack.image", ""))
                        .asCompatibleSubstituteFor("localstack/localstack"))
                .withServices("dynamodb", "sqs", "kms"));
    container.start();
    SdkHttpClient http =
        closing.add(new ToLocalStack(container.getEndpoint(), UrlConnectionHttpClient.create()));
    aws = closing.add(new AwsFixture(http, key(http)));
  }

  private static String key(SdkHttpClient http) {
    try (KmsClient kms =
        KmsClient.builder()
            .httpClient(http)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build()) {
      return kms.createKey().keyMetadata().arn();
    }
  }

  @AfterAll
  void stop() {
    closing.close();
  }

  @Override
  AwsFixture aws() {
    return Objects.requireNonNull(aws);
  }

  /** Sends each call to the container, whatever service it is for. */
  private record ToLocalStack(URI endpoint, SdkHttpClient network) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest call) {
      HttpExecuteRequest.Builder there =
          HttpExecuteRequest.builder()
              .request(
                  call.httpRequest().toBuilder()
                      .protocol(endpoint.getScheme())
                      .host(endpoint.getHost())
                      .port(endpoint.getPort())
                      .build());
      call.contentStreamProvider().ifPresent(there::contentStreamProvider);
      return network.prepareRequest(there.build());
    }

    @Override
    public void close() {
      network.close();
    }
  }
}
