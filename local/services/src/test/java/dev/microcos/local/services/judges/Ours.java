package dev.microcos.local.services.judges;

import dev.microcos.local.services.dynamodb.DynamoDbService;
import dev.microcos.local.services.kms.KmsService;
import dev.microcos.local.services.sqs.SqsService;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.Counts;
import dev.microcos.local.services.transport.Faults;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Our services over a data folder, with SDK clients that reach them in the process. */
public final class Ours implements AutoCloseable {

  public final Store store;
  public final SqsService sqsService;
  public final DynamoDbService dynamoService;
  public final Counts counts = new Counts();
  public final Faults faults = new Faults();
  public final Router router;
  private final SdkHttpClient http;

  public Ours(Path folder, InstantSource clock) {
    store = Store.open(folder);
    sqsService = new SqsService(store, clock, "http://127.0.0.1:4566");
    dynamoService = new DynamoDbService(store, clock);
    KmsService kms = new KmsService(folder.resolve("kms"));
    router = new Router(List.of(sqsService, dynamoService, kms), counts, faults);
    http = new InProcessHttpClient(router);
  }

  public SqsClient sqs() {
    return with(SqsClient.builder(), http, "http://sqs.us-east-1.amazonaws.com").build();
  }

  public DynamoDbClient dynamo() {
    return with(DynamoDbClient.builder(), http, "http://dynamodb.us-east-1.amazonaws.com").build();
  }

  public KmsClient kms() {
    return with(KmsClient.builder(), http, "http://kms.us-east-1.amazonaws.com").build();
  }

  /** A client's builder with the region, the endpoint and credentials that stand for any. */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B with(
      B builder, SdkHttpClient http, String endpoint) {
    return builder
        .httpClient(http)
        .region(Region.US_EAST_1)
        .endpointOverride(URI.create(endpoint))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")));
  }

  @Override
  public void close() {
    store.close();
  }
}
