package dev.microcos.local.cloud;

import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.local.services.transport.InProcessAsyncHttpClient;
import dev.microcos.local.services.transport.Router;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The adapters, with the tables and queues that they need made behind their way to AWS. */
final class AwsFixture implements AutoCloseable {

  static final String INBOX = "inbox.fifo";
  static final String ASSISTANT = "assistant";

  private static final AwsBasicCredentials LOCAL = AwsBasicCredentials.create("local", "local");

  private final SdkHttpClient http;
  private final SqsClient sqs;
  private final Map<String, String> queueUrls;
  private final Host host;
  private final Adapters adapters;

  /**
   * The fixture.
   *
   * @param http carries every call of the adapters
   * @param keyArn a key that is there
   */
  AwsFixture(SdkHttpClient http, String keyArn) {
    this.http = http;
    try (DynamoDbClient dynamo = with(DynamoDbClient.builder(), http).build()) {
      table(dynamo, "keys", KeyType.HASH);
      for (String name : List.of("log", "archive", "operations", "connections")) {
        table(dynamo, name, KeyType.HASH, KeyType.RANGE);
      }
    }
    sqs = with(SqsClient.builder(), http).build();
    queueUrls =
        Map.of(
            INBOX, queue(INBOX, Map.of(QueueAttributeName.FIFO_QUEUE, "true")),
            ASSISTANT, queue(ASSISTANT, Map.of()));
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "AWS_REGION",
                "us-east-1",
                "LOG_TABLE",
                "log",
                "KEYS_TABLE",
                "keys",
                "OPERATIONS_TABLE",
                "operations",
                "CONNECTIONS_TABLE",
                "connections",
                "KEY_ID",
                keyArn,
                "INBOX_QUEUE_URL",
                String.valueOf(queueUrls.get(INBOX)),
                "ASSISTANT_QUEUE_URL",
                String.valueOf(queueUrls.get(ASSISTANT))));
    environment.put("ARCHIVE_TABLE", "archive");
    host =
        new Host(
            environment,
            InstantSource.system(),
            new Random(3),
            StaticCredentialsProvider.create(LOCAL),
            http,
            new InProcessAsyncHttpClient(Router.to()));
    adapters = new Adapters(host);
  }

  /** Further adapters, as another function has them: they share no memory with the first. */
  Adapters otherAdapters() {
    return new Adapters(host);
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B with(
      B builder, SdkHttpClient http) {
    return builder
        .httpClient(http)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(LOCAL));
  }

  private static void table(DynamoDbClient dynamo, String name, KeyType... keys) {
    List<AttributeDefinition> attributes = new ArrayList<>();
    List<KeySchemaElement> schema = new ArrayList<>();
    for (KeyType key : keys) {
      String attribute = key == KeyType.HASH ? "pk" : "sk";
      attributes.add(
          AttributeDefinition.builder()
              .attributeName(attribute)
              .attributeType(ScalarAttributeType.S)
              .build());
      schema.add(KeySchemaElement.builder().attributeName(attribute).keyType(key).build());
    }
    dynamo.createTable(t ->
        t.tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(attributes)
            .keySchema(schema));
  }

  private String queue(String name, Map<QueueAttributeName, String> attributes) {
    return sqs.createQueue(q -> q.queueName(name).attributes(attributes)).queueUrl();
  }

  /** The adapters under test. */
  Adapters adapters() {
    return adapters;
  }

  /** The sort keys of a partition that begin so, in their order. */
  List<String> sortKeys(String table, String pk, String prefix) {
    try (DynamoDbClient dynamo = with(DynamoDbClient.builder(), http).build()) {
      return dynamo
          .queryPaginator(query ->
              query
                  .tableName(table)
                  .projectionExpression("sk")
                  .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                  .expressionAttributeValues(
                      Map.of(
                          ":pk",
                          AttributeValue.fromS(pk),
                          ":prefix",
                          AttributeValue.fromS(prefix))))
          .items()
          .stream()
          .map(item -> Objects.requireNonNull(item.get("sk")).s())
          .toList();
    }
  }

  /** The bodies of at least so many messages, as they come; each is deleted. */
  List<String> take(String queue, int atLeast) {
    String url = String.valueOf(queueUrls.get(queue));
    List<String> bodies = new ArrayList<>();
    int patience = 20;
    while (bodies.size() < atLeast && patience-- > 0) {
      for (Message message :
          sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
              .messages()) {
        bodies.add(message.body());
        sqs.deleteMessage(d -> d.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
    return bodies;
  }

  @Override
  public void close() {
    sqs.close();
  }
}
