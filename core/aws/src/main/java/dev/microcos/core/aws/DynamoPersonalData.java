package dev.microcos.core.aws;

import dev.microcos.core.application.port.PersonalData;
import dev.microcos.core.domain.id.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A person's partition in each of some tables. Records are deleted one by one, since who may write
 * in batches may also put, and only the reducer may do that.
 */
final class DynamoPersonalData implements PersonalData {

  /** How many records are deleted side by side. */
  private static final int AT_ONCE = 50;

  private final DynamoDbClient dynamo;
  private final SequencedMap<String, String> tables;

  /**
   * Partitions.
   *
   * @param tables the tables' names, by what people call them
   */
  DynamoPersonalData(DynamoDbClient dynamo, SequencedMap<String, String> tables) {
    this.dynamo = dynamo;
    this.tables = tables;
  }

  @Override
  public SequencedMap<String, Integer> delete(Person person) {
    SequencedMap<String, Integer> deleted = new LinkedHashMap<>();
    tables.forEach((name, table) -> deleted.put(name, delete(person, table)));
    return deleted;
  }

  private int delete(Person person, String table) {
    int deleted = 0;
    List<Map<String, AttributeValue>> keys = keys(person, table);
    while (!keys.isEmpty()) {
      try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
        CompletableFuture.allOf(
                keys.stream()
                    .map(key ->
                        CompletableFuture.runAsync(
                            () -> dynamo.deleteItem(item -> item.tableName(table).key(key)), side))
                    .toArray(CompletableFuture[]::new))
            .join();
      }
      deleted += keys.size();
      keys = keys(person, table);
    }
    return deleted;
  }

  private List<Map<String, AttributeValue>> keys(Person person, String table) {
    return dynamo
        .query(query ->
            query
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Items.text(person.partition())))
                .projectionExpression("pk, sk")
                .limit(AT_ONCE))
        .items();
  }
}
