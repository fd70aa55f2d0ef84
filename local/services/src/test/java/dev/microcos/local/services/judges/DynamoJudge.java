package dev.microcos.local.services.judges;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The same calls to our DynamoDB and to DynamoDB Local, which must answer the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DynamoJudge {

  DynamoDBProxyServer judge;
  DynamoDbClient judgeClient;
  Ours ours;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    judge =
        ServerRunner.createServerFromCommandLineArgs(
            new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
    judge.start();
    judgeClient =
        Ours.with(
                DynamoDbClient.builder(),
                UrlConnectionHttpClient.create(),
                "http://127.0.0.1:" + port)
            .build();
    ours = new Ours(folder, InstantSource.system());
  }

  @AfterAll
  void stop() throws Exception {
    judgeClient.close();
    judge.stop();
    ours.close();
  }

  /** A script that runs against either. */
  interface Script {
    void run(DynamoDbClient dynamo, Transcript notes);
  }

  void agree(Script script) {
    Transcript theirs = new Transcript();
    Transcript own = new Transcript();
    script.run(judgeClient, theirs);
    try (DynamoDbClient dynamo = ours.dynamo()) {
      script.run(dynamo, own);
    }
    assertThat(own.lines()).isNotEmpty().isEqualTo(theirs.lines());
  }

  static QueryRequest query(String table, String hash, String condition, AttributeValue... more) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":p", s(hash));
    for (int i = 0; i < more.length; i++) {
      values.put(":" + (char) ('a' + i), more[i]);
    }
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression(condition)
        .expressionAttributeValues(values)
        .build();
  }

  static List<String> keys(QueryResponse response) {
    return response.items().stream()
        .map(item -> {
          AttributeValue sk = item.get("sk");
          return sk == null ? "?" : sk.s() == null ? sk.n() : sk.s();
        })
        .toList();
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", s(pk), "sk", s(sk));
  }

  static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }
}
