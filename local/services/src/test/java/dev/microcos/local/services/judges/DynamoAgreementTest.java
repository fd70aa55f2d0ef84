package dev.microcos.local.services.judges;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import dev.microcos.local.services.dynamodb.DynamoDbService;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The same calls to our DynamoDB and to DynamoDB Local, which must answer the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoAgreementTest {

  private DynamoDBProxyServer judge;
  private DynamoDbClient judgeClient;
  private Ours ours;

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
  private interface Script {
    void run(DynamoDbClient dynamo, Transcript notes);
  }

  private void agree(Script script) {
    Transcript theirs = new Transcript();
    Transcript own = new Transcript();
    script.run(judgeClient, theirs);
    try (DynamoDbClient dynamo = ours.dynamo()) {
      script.run(dynamo, own);
    }
    assertThat(own.lines()).isNotEmpty().isEqualTo(theirs.lines());
  }

  @Test
  void conditions() {
    agree((dynamo, notes) -> {
      Fixtures.table(dynamo, "conditions", ScalarAttributeType.S);
      Map<String, AttributeValue> item = new HashMap<>(key("a", "1"));
      item.put("n", n("7"));
      item.put("s", s("hello"));
      item.put("b", AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")));
      item.put("t", AttributeValue.fromBool(true));
      item.put("z", AttributeValue.fromNul(true));
      item.put("ss", AttributeValue.fromSs(List.of("x", "y")));
      item.put("l", AttributeValue.fromL(List.of(n("1"), s("two"))));
      item.put("m", AttributeValue.fromM(Map.of("k", s("v"), "d", n("3"))));
      dynamo.putItem(p -> p.tableName("conditions").item(item));
      Map<String, AttributeValue> values = new TreeMap<>();
      values.put(":seven", n("7.0"));
      values.put(":eight", n("8"));
      values.put(":he", s("he"));
      values.put(":hello", s("hello"));
      values.put(":x", s("x"));
      values.put(":type", s("S"));
      values.put(":one", n("1"));
      values.put(":true", AttributeValue.fromBool(true));
      values.put(":by", AttributeValue.fromB(SdkBytes.fromUtf8String("by")));
      values.put(":set", AttributeValue.fromSs(List.of("y", "x")));
      for (String condition :
          List.of(
              "n = :seven",
              "n <> :seven",
              "nothere <> :seven",
              "nothere = :seven",
              "n < :eight",
              "n <= :seven AND n >= :seven",
              "n > :eight OR s = :hello",
              "NOT n = :eight",
              "NOT (n = :seven AND s = :hello)",
              "n BETWEEN :seven AND :eight",
              "n BETWEEN :eight AND :seven",
              "n IN (:one, :seven)",
              "s IN (:x, :he)",
              "s < :eight",
              "t = :true",
              "t > :true",
              "attribute_exists(n)",
              "attribute_not_exists(n)",
              "attribute_exists(m.k)",
              "attribute_exists(l[1])",
              "attribute_exists(l[2])",
              "attribute_type(s, :type)",
              "attribute_type(n, :type)",
              "begins_with(s, :he)",
              "begins_with(b, :by)",
              "begins_with(n, :he)",
              "begins_with(s, :one)",
              "contains(s, :he)",
              "contains(ss, :x)",
              "contains(l, :one)",
              "contains(b, :by)",
              "size(s) > :one",
              "size(l) = :one",
              "size(n) = :one",
              "ss = :set",
              "m.d < :seven",
              "l[0] = :one",
              "n =",
              "n = :seven AND",
              "n == :seven",
              "nothing(n)",
              "(n = :seven",
              "n = :undefined",
              "#undefined = :seven",
              "s = s",
              "attribute_type(s, :he)",
              "")) {
        Map<String, AttributeValue> used = new HashMap<>(values);
        used.keySet().removeIf(name -> !condition.matches(".*" + name + "\\b.*"));
        notes.note(
            condition,
            () ->
                dynamo
                    .deleteItem(d ->
                        d.tableName("conditions")
                            .key(key("a", "no such item"))
                            .conditionExpression(condition)
                            .expressionAttributeValues(used.isEmpty() ? null : used))
                    .hasAttributes());
        notes.note(
            condition,
            () ->
                dynamo
                    .updateItem(u ->
                        u.tableName("conditions")
                            .key(key("a", "1"))
                            .conditionExpression(condition)
                            .expressionAttributeValues(used.isEmpty() ? null : used)
                            .returnValues(ReturnValue.ALL_NEW))
                    .attributes()
                    .size());
      }
      notes.note(
          "unused value",
          () ->
              dynamo.deleteItem(d ->
                  d.tableName("conditions")
                      .key(key("a", "1"))
                      .conditionExpression("attribute_exists(pk)")
                      .expressionAttributeValues(values)));
      notes.note(
          "ALL_OLD on failure",
          () -> {
            try {
              return dynamo.putItem(p ->
                  p.tableName("conditions")
                      .item(key("a", "1"))
                      .conditionExpression("attribute_not_exists(sk)")
                      .returnValuesOnConditionCheckFailure("ALL_OLD"));
            } catch (ConditionalCheckFailedException e) {
              return new TreeMap<>(e.item()) + e.awsErrorDetails().errorMessage();
            }
          });
    });
  }

  @Test
  void reserved_words() throws IOException {
    List<String> words = reservedWords();
    assertThat(words).hasSize(573);
    Set<String> notToTheJudge = Set.of("CONVERT", "SIZE");
    agree((dynamo, notes) -> {
      Fixtures.table(dynamo, "words", ScalarAttributeType.S);
      for (String word : words) {
        if (notToTheJudge.contains(word)) {
          continue;
        }
        String name = word.toLowerCase(Locale.ROOT);
        UpdateItemRequest update =
            UpdateItemRequest.builder()
                .tableName("words")
                .key(key("a", "1"))
                .updateExpression("SET " + name + " = :v")
                .expressionAttributeValues(Map.of(":v", n("1")))
                .build();
        notes.note(name, () -> refusal(() -> dynamo.updateItem(update)));
      }
    });
  }

  private static String refusal(Supplier<?> call) {
    try {
      return "taken: " + call.get();
    } catch (DynamoDbException refused) {
      return refused.awsErrorDetails().errorMessage();
    }
  }

  private static List<String> reservedWords() throws IOException {
    try (InputStream file = DynamoDbService.class.getResourceAsStream("reserved-words.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .toList();
    }
  }

  @Test
  void updates() {
    agree((dynamo, notes) -> {
      Fixtures.table(dynamo, "updates", ScalarAttributeType.S);
      Map<String, AttributeValue> values =
          Map.of(
              ":one", n("1"),
              ":text", s("text"),
              ":list", AttributeValue.fromL(List.of(s("a"), s("b"))),
              ":map", AttributeValue.fromM(Map.of("k", s("v"))),
              ":set", AttributeValue.fromSs(List.of("p", "q")),
              ":less", AttributeValue.fromSs(List.of("p")));
      for (String update :
          List.of(
              "SET n = :one, l = :list, m = :map",
              "SET n = n + :one",
              "SET n = n - :one, c = if_not_exists(c, :one)",
              "SET c = if_not_exists(c, :text) + :one",
              "SET l = list_append(l, :list)",
              "SET l = list_append(:list, l), l2 = if_not_exists(l2, :list)",
              "SET l[1] = :text, l[20] = :one",
              "SET m.x = :one REMOVE m.k",
              "SET m.x.y = :one",
              "SET nope.x = :one",
              "SET a = b",
              "SET a = n, n = :text",
              "SET n = n + :one",
              "ADD hits :one, ss :set",
              "ADD hits :one",
              "ADD hits :text",
              "ADD l :set",
              "DELETE ss :less",
              "DELETE ss :set",
              "REMOVE l[0], l[2], a",
              "REMOVE nothere",
              "SET pk = :text",
              "SET x = :one, x = :text",
              "SET m = :map, m.x = :one",
              "SET x = :one SET y = :one",
              "set x = :one remove y",
              "SET x :one",
              "SET x = list_append(n, :list)")) {
        Map<String, AttributeValue> used = new HashMap<>(values);
        used.keySet().removeIf(name -> !update.matches(".*" + name + "\\b.*"));
        for (ReturnValue returned :
            List.of(ReturnValue.ALL_NEW, ReturnValue.UPDATED_NEW, ReturnValue.UPDATED_OLD)) {
          notes.note(
              update + " " + returned,
              () ->
                  new TreeMap<>(
                      dynamo
                          .updateItem(u ->
                              u.tableName("updates")
                                  .key(key("u", returned.toString()))
                                  .updateExpression(update)
                                  .expressionAttributeValues(used.isEmpty() ? null : used)
                                  .returnValues(returned))
                          .attributes()));
        }
      }
      notes.note(
          "all",
          () ->
              dynamo.query(query("updates", "u", "pk = :p")).items().stream()
                  .map(TreeMap::new)
                  .toList());
    });
  }

  @Test
  void queries_over_strings() {
    agree((dynamo, notes) -> {
      Fixtures.table(dynamo, "strings", ScalarAttributeType.S);
      for (String sk :
          List.of("a", "ab", "b", "B", "é", "z", "\uFFFD", "\uD83D\uDE00", "10", "9")) {
        Map<String, AttributeValue> item = new HashMap<>(key("p", sk));
        item.put("length", n(Integer.toString(sk.length())));
        dynamo.putItem(i -> i.tableName("strings").item(item));
      }
      queries(dynamo, notes, "strings", s("ab"), s("b"));
      notes.note(
          "begins_with",
          () ->
              keys(dynamo.query(query("strings", "p", "pk = :p AND begins_with(sk, :a)", s("a")))));
      notes.note(
          "filter and limit",
          () -> {
            QueryResponse page =
                dynamo.query(
                    query("strings", "p", "pk = :p").toBuilder()
                        .filterExpression("#l = :one")
                        .expressionAttributeNames(Map.of("#l", "length"))
                        .expressionAttributeValues(Map.of(":p", s("p"), ":one", n("1")))
                        .projectionExpression("sk")
                        .limit(4)
                        .build());
            return keys(page)
                + " "
                + page.scannedCount()
                + " "
                + new TreeMap<>(page.lastEvaluatedKey());
          });
      for (String start : List.of("a", "ab", "b", "z", "not there")) {
        for (boolean forward : List.of(true, false)) {
          for (String condition :
              List.of(
                  "sk > :a",
                  "sk >= :a",
                  "sk < :a",
                  "sk <= :a",
                  "sk = :a",
                  "begins_with(sk, :a)",
                  "sk BETWEEN :a AND :a")) {
            // The judge refuses the key at which a range ends, though it gives it with a full page.
            if (start.equals("ab") && condition.matches(".*([<>]=|BETWEEN).*")) {
              continue;
            }
            notes.note(
                condition + " from " + start,
                () ->
                    keys(
                        dynamo.query(
                            query("strings", "p", "pk = :p AND " + condition, s("ab")).toBuilder()
                                .scanIndexForward(forward)
                                .exclusiveStartKey(key("p", start))
                                .build())));
          }
        }
      }
      notes.note(
          "start of another hash key",
          () ->
              keys(
                  dynamo.query(
                      query("strings", "p", "pk = :p").toBuilder()
                          .exclusiveStartKey(key("q", "ab"))
                          .build())));
      for (String wrong :
          List.of("sk = :p", "pk > :p", "pk = :p OR pk = :p", "pk = :p AND other = :p")) {
        notes.note(wrong, () -> keys(dynamo.query(query("strings", "p", wrong))));
      }
    });
  }

  @Test
  void queries_over_numbers() {
    agree((dynamo, notes) -> {
      Fixtures.table(dynamo, "numbers", ScalarAttributeType.N);
      for (String sk :
          List.of(
              "0",
              "1",
              "-1",
              "10",
              "9",
              "-10",
              "-9.5",
              "0.001",
              "-0.001",
              "1e100",
              "-1E100",
              "1.50",
              "123456789012345678901234567890.12345678",
              "1e-130",
              "9.9e125",
              "1e126",
              "1e-131",
              "123456789012345678901234567890123456789",
              "x",
              "")) {
        notes.note(
            "put " + sk,
            () ->
                dynamo
                    .putItem(i -> i.tableName("numbers").item(Map.of("pk", s("p"), "sk", n(sk))))
                    .hasAttributes());
      }
      queries(dynamo, notes, "numbers", n("-1"), n("9"));
    });
  }

  private static void queries(
      DynamoDbClient dynamo,
      Transcript notes,
      String table,
      AttributeValue low,
      AttributeValue high) {
    for (String sign : List.of("=", "<", "<=", ">", ">=")) {
      notes.note(
          sign, () -> keys(dynamo.query(query(table, "p", "pk = :p AND sk " + sign + " :a", low))));
    }
    notes.note(
        "between",
        () -> keys(dynamo.query(query(table, "p", "pk = :p AND sk BETWEEN :a AND :b", low, high))));
    for (boolean forward : List.of(true, false)) {
      notes.note(
          "pages",
          () -> {
            List<String> pages = new ArrayList<>();
            Map<String, AttributeValue> start = null;
            do {
              QueryResponse page =
                  dynamo.query(
                      query(table, "p", "pk = :p").toBuilder()
                          .limit(3)
                          .scanIndexForward(forward)
                          .exclusiveStartKey(start)
                          .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                          .build());
              // An empty page costs half a unit by the guide, nothing by the judge.
              pages.add(
                  keys(page)
                      + (page.items().isEmpty()
                          ? ""
                          : " " + page.consumedCapacity().capacityUnits()));
              start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
            } while (start != null);
            return pages;
          });
    }
  }

  @Test
  void keys_and_sizes() {
    agree((dynamo, notes) -> {
      Fixtures.table(dynamo, "limits", ScalarAttributeType.S);
      notes.note(
          "twice",
          () -> {
            Fixtures.table(dynamo, "limits", ScalarAttributeType.S);
            return true;
          });
      List<Map<String, AttributeValue>> items =
          List.of(
              Map.of("pk", s("a")),
              Map.of("pk", s("a"), "sk", n("1")),
              Map.of("pk", s(""), "sk", s("b")),
              Map.of("pk", s("x".repeat(2049)), "sk", s("b")),
              Map.of("pk", s("x"), "sk", s("b".repeat(1025))),
              Map.of("pk", s("a"), "sk", s("big"), "d", s("x".repeat(400 * 1024 - 9))),
              Map.of("pk", s("a"), "sk", s("big"), "d", s("x".repeat(400 * 1024 - 8))),
              Map.of("pk", s("a"), "sk", s("empty"), "d", s("")),
              Map.of(
                  "pk", s("a"), "sk", s("set"), "d", AttributeValue.fromNs(List.of("1", "1.0"))));
      for (int i = 0; i < items.size(); i++) {
        Map<String, AttributeValue> item = items.get(i);
        notes.note(
            "put " + i, () -> dynamo.putItem(p -> p.tableName("limits").item(item)).attributes());
      }
      notes.note(
          "key with more",
          () ->
              dynamo.getItem(
                  g -> g.tableName("limits").key(Map.of("pk", s("a"), "sk", s("b"), "c", s("d")))));
      notes.note(
          "get",
          () ->
              dynamo
                  .getItem(g -> g.tableName("limits").key(key("a", "empty")))
                  .item()
                  .keySet()
                  .size());
      notes.note("no table", () -> dynamo.getItem(g -> g.tableName("nowhere").key(key("a", "b"))));
      notes.note("describe", () -> dynamo.describeTable(d -> d.tableName("nowhere")));
      notes.note(
          "pages of a megabyte",
          () -> {
            for (int i = 0; i < 6; i++) {
              Map<String, AttributeValue> item = new HashMap<>(key("many", "" + i));
              item.put("d", s("x".repeat(300_000)));
              dynamo.putItem(p -> p.tableName("limits").item(item));
            }
            return keys(dynamo.query(query("limits", "many", "pk = :p")));
          });
    });
  }

  private static QueryRequest query(
      String table, String hash, String condition, AttributeValue... more) {
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

  private static List<String> keys(QueryResponse response) {
    return response.items().stream()
        .map(item -> {
          AttributeValue sk = item.get("sk");
          return sk == null ? "?" : sk.s() == null ? sk.n() : sk.s();
        })
        .toList();
  }

  private static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", s(pk), "sk", s(sk));
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }
}
