package dev.microcos.core.aws;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The clients of the AWS services, over the host's way to them; each made when first needed. */
final class Clients {

  /**
   * How often a call is made that fails in passing. Each ends after the two seconds that the host's
   * HTTP client waits, so that together they leave a function some of its ten.
   */
  private static final int TRIES = 3;

  private final Host host;
  private final Region region;
  private final Supplier<DynamoDbClient> dynamo = once(this::makeDynamo);
  private final Supplier<SqsClient> sqs = once(this::makeSqs);
  private final Supplier<KmsClient> kms = once(this::makeKms);
  private final Supplier<SecretsManagerClient> secrets = once(this::makeSecrets);
  private final Supplier<SfnClient> stepFunctions = once(this::makeStepFunctions);
  private final Supplier<SchedulerClient> scheduler = once(this::makeScheduler);
  private final Supplier<BedrockRuntimeAsyncClient> bedrock = once(this::makeBedrock);
  private final Supplier<ApiGatewayManagementApiClient> sockets = once(this::makeSockets);

  Clients(Host host) {
    this.host = host;
    this.region = Region.of(host.get("AWS_REGION", "us-east-1"));
  }

  DynamoDbClient dynamo() {
    return dynamo.get();
  }

  SqsClient sqs() {
    return sqs.get();
  }

  KmsClient kms() {
    return kms.get();
  }

  SecretsManagerClient secrets() {
    return secrets.get();
  }

  SfnClient stepFunctions() {
    return stepFunctions.get();
  }

  SchedulerClient scheduler() {
    return scheduler.get();
  }

  BedrockRuntimeAsyncClient bedrock() {
    return bedrock.get();
  }

  ApiGatewayManagementApiClient sockets() {
    return sockets.get();
  }

  private DynamoDbClient makeDynamo() {
    return common(DynamoDbClient.builder(), tries()).httpClient(host.http()).build();
  }

  private SqsClient makeSqs() {
    return common(SqsClient.builder(), tries()).httpClient(host.http()).build();
  }

  private KmsClient makeKms() {
    return common(KmsClient.builder(), tries()).httpClient(host.http()).build();
  }

  private SecretsManagerClient makeSecrets() {
    return common(SecretsManagerClient.builder(), tries()).httpClient(host.http()).build();
  }

  private SfnClient makeStepFunctions() {
    return common(SfnClient.builder(), tries()).httpClient(host.http()).build();
  }

  private SchedulerClient makeScheduler() {
    return common(SchedulerClient.builder(), tries()).httpClient(host.http()).build();
  }

  /** Without retries: a push is a hint, and nobody waits long for it. */
  private ApiGatewayManagementApiClient makeSockets() {
    return common(ApiGatewayManagementApiClient.builder(), DefaultRetryStrategy.doNotRetry())
        .endpointOverride(URI.create(host.require("SOCKETS_ENDPOINT")))
        .httpClient(host.http())
        .build();
  }

  /**
   * Without retries: a stream that is begun anew in the middle would repeat its text. Without a
   * bound: an answer takes as long as it takes, and whoever reads it notices silence.
   */
  private BedrockRuntimeAsyncClient makeBedrock() {
    return common(BedrockRuntimeAsyncClient.builder(), DefaultRetryStrategy.doNotRetry())
        .httpClient(host.asyncHttp())
        .build();
  }

  private static RetryStrategy tries() {
    return DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(TRIES).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B common(B builder, RetryStrategy retries) {
    return builder
        .region(region)
        .credentialsProvider(host.credentials())
        .defaultsMode(DefaultsMode.IN_REGION)
        .overrideConfiguration(override -> override.retryStrategy(retries));
  }

  private static <T> Supplier<T> once(Supplier<T> make) {
    return new Supplier<>() {
      private @Nullable T made;

      @Override
      public synchronized T get() {
        T present = made;
        if (present == null) {
          present = make.get();
          made = present;
        }
        return present;
      }
    };
  }
}
