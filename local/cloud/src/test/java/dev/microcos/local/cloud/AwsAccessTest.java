package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The AWS services as any SDK finds them, over the network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsAccessTest {

  private static final String LOG = "microcos-development-log";
  private static final String INBOX = "microcos-development-inbox.fifo";
  private static final String DEAD = "microcos-development-inbox-dead.fifo";

  private static TestCloud cloud;
  private static DynamoDbClient dynamo;
  private static SqsClient sqs;
  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path data) {
    folder = data;
    cloud = TestCloud.start(data, TestCloud.WIDE);
    dynamo =
        ofTheCloud(DynamoDbClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
    sqs = ofTheCloud(SqsClient.builder()).httpClient(UrlConnectionHttpClient.create()).build();
  }

  @AfterAll
  static void stop() {
    dynamo.close();
    sqs.close();
    cloud.close();
  }

  @Test
  void a_log_can_be_found_and_not_read() {
    TestPerson person = cloud.as("sealed");
    String _ = person.makes("Nobody reads Rumpelstilzchen here");
    String user = person.events().getFirst().path("user_id").asText();
    assertThat(dynamo.listTables().tableNames()).contains(LOG);
    List<Map<String, AttributeValue>> items =
        dynamo.scan(scan -> scan.tableName(LOG)).items().stream()
            .filter(item -> item.toString().contains(user))
            .toList();
    assertThat(items).isNotEmpty();
    Map<String, AttributeValue> first = items.getFirst();
    List<Map<String, AttributeValue>> commits =
        dynamo
            .query(query ->
                query
                    .tableName(LOG)
                    .keyConditionExpression("pk = :pk AND begins_with(sk, :c)")
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", Objects.requireNonNull(first.get("pk")),
                            ":c", AttributeValue.fromS("c#"))))
            .items();
    assertThat(commits).hasSize(1);
    assertThat(commits.getFirst().values())
        .filteredOn(value -> value.b() != null)
        .allSatisfy(value ->
            assertThat(value.b().asString(StandardCharsets.ISO_8859_1))
                .doesNotContain("Rumpelstilzchen"));
  }

  @Test
  void a_queue_of_ones_own_gives_what_was_sent() {
    String url = sqs.createQueue(create -> create.queueName("outside")).queueUrl();
    assertThat(url).isEqualTo(cloud.aws() + "/000000000000/outside");
    assertThat(sqs.getQueueUrl(get -> get.queueName("outside")).queueUrl()).isEqualTo(url);
    assertThat(sqs.listQueues(list -> list.queueNamePrefix("outside")).queueUrls())
        .containsExactly(url);
    String _ = sqs.sendMessage(send -> send.queueUrl(url).messageBody("hello")).messageId();
    List<Message> messages =
        sqs.receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(5)).messages();
    assertThat(messages).extracting(Message::body).containsExactly("hello");
  }

  @Test
  void a_message_of_a_later_release_holds_its_own_group_up_and_nobody_else() throws IOException {
    TestPerson waiting = cloud.as("waiting");
    TestPerson healthy = cloud.as("healthy");
    String user = known(waiting);
    send(
        user,
        "later",
        "{\"user_id\":\"" + user + "\",\"generation\":1,\"type\":\"a.b\",\"version\":1}");
    JsonNode behind = waiting.post("/v1/tasks", "{\"title\":\"Behind it\"}").is(202, "accepted");
    JsonNode said = healthy.says("Hello");
    for (int i = 0; i < 20; i++) {
      String _ = healthy.makes("Beside it " + i);
    }
    assertThat(healthy.answer(said).path("status").asText()).isEqualTo("complete");
    assertThat(waiting.events())
        .extracting(event -> event.path("event_id").asText())
        .hasSize(1)
        .doesNotContain(behind.path("event_id").asText());
    assertThat(said()).contains("messages reduced");
  }

  @Test
  void a_message_that_nobody_can_ever_read_is_set_aside_with_its_reason() throws IOException {
    TestPerson poisoned = cloud.as("poisoned");
    TestPerson other = cloud.as("another");
    String user = known(poisoned);
    String task = "Not yours";
    JsonNode theirs =
        other.logged(
            other
                .post("/v1/tasks", "{\"title\":\"" + task + "\"}")
                .is(202)
                .path("event_id")
                .asText());
    ObjectNode astray = theirs.deepCopy();
    astray.remove("seq");
    astray.put("generation", 1);
    send(user, "poison", "{\"secret\":\"Rapunzel\" Rapunzel");
    send(user, "empty", "[]");
    send(user, "astray", astray.toString());
    JsonNode behind = poisoned.post("/v1/tasks", "{\"title\":\"Behind it\"}").is(202, "accepted");
    JsonNode _ = poisoned.logged(behind.path("event_id").asText());
    assertThat(poisoned.events()).hasSize(2);

    String dead = sqs.getQueueUrl(get -> get.queueName(DEAD)).queueUrl();
    List<Message> letters = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          letters.addAll(
              sqs.receiveMessage(receive ->
                      receive.queueUrl(dead).maxNumberOfMessages(10).messageAttributeNames("All"))
                  .messages());
          return letters.size() == 3;
        });
    assertThat(letters)
        .extracting(letter ->
            Objects.requireNonNull(letter.messageAttributes().get("reason")).stringValue())
        .containsExactly(
            "it is no envelope", "it is no envelope", "it came in the group of another");
    assertThat(letters.getFirst().body()).contains("Rapunzel");
    assertThat(said())
        .contains("goes to the dead letters", "\"service\":\"reducer\"")
        .doesNotContain("Rapunzel");
  }

  /** Makes the person known and gives their id. */
  private static String known(TestPerson person) {
    String _ = person.makes("Before");
    return person.events().getFirst().path("user_id").asText();
  }

  private static void send(String user, String id, String body) {
    String url = sqs.getQueueUrl(get -> get.queueName(INBOX)).queueUrl();
    String _ =
        sqs.sendMessage(send ->
                send.queueUrl(url)
                    .messageGroupId(user)
                    .messageDeduplicationId(id)
                    .messageBody(body))
            .messageId();
  }

  /** All that functions and services have logged so far. */
  private static String said() throws IOException {
    StringBuilder said = new StringBuilder();
    for (Path logs : List.of(folder, Path.of(System.getProperty("microcos.logs")))) {
      for (String name : List.of("functions.log", "cloud0.log")) {
        if (Files.exists(logs.resolve(name))) {
          said.append(Files.readString(logs.resolve(name)));
        }
      }
    }
    return said.toString();
  }

  private static <B extends AwsClientBuilder<B, ?>> B ofTheCloud(B builder) {
    return builder
        .endpointOverride(cloud.aws())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")));
  }
}
