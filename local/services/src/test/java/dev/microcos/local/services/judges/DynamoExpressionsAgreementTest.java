package dev.microcos.local.services.judges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.local.services.dynamodb.DynamoDbService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Conditions and updates, and the words that they may not name an attribute by. */
final class DynamoExpressionsAgreementTest extends DynamoJudge {

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
}
