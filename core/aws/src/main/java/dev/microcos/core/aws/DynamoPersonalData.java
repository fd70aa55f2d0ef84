package dev.microcos.core.aws;

import dev.microcos.core.application.port.PersonalData;
import dev.microcos.core.application.port.Runs;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
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
 * A person's partition in each of some tables, and those of their runs. Records are deleted one by
 * one, since who may write in batches may also put, and only the reducer may do that.
 */
final class DynamoPersonalData implements PersonalData {

  /** How many records are deleted side by side. */
  private static final int AT_ONCE = 50;

  private final DynamoDbClient dynamo;
  private final SequencedMap<String, String> tables;
  private final Runs runs;
  private final List<String> ofRuns;

  /**
   * Partitions.
   *
   * @param tables the tables' names, by what people call them
   * @param ofRuns the names of the tables that have a partition of each run
   */
  DynamoPersonalData(
      DynamoDbClient dynamo, SequencedMap<String, String> tables, Runs runs, List<String> ofRuns) {
    this.dynamo = dynamo;
    this.runs = runs;
    this.ofRuns = ofRuns;
    this.tables = tables;
  }

  @Override
  public SequencedMap<String, Integer> delete(Person person) {
    SequencedMap<String, Integer> deleted = new LinkedHashMap<>();
    deleted.put("runs", runs(person));
    tables.forEach((name, table) -> deleted.put(name, delete(person.partition(), table)));
    return deleted;
  }

  /** The logs of the person's runs, and who watches them; found by their names, which go last. */
  private int runs(Person person) {
    int deleted = 0;
    List<RunId> named = runs.of(person, null, AT_ONCE);
    while (!named.isEmpty()) {
      for (RunId run : named) {
        for (String table : ofRuns) {
          deleted += delete(new PersonRun(person, run).partition(), table);
        }
      }
      named = runs.of(person, named.getLast(), AT_ONCE);
    }
    return deleted;
  }

  private int delete(String partition, String table) {
    int deleted = 0;
    List<Map<String, AttributeValue>> keys = keys(partition, table);
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
      keys = keys(partition, table);
    }
    return deleted;
  }

  private List<Map<String, AttributeValue>> keys(String partition, String table) {
    return dynamo
        .query(query ->
            query
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Items.text(partition)))
                .projectionExpression("pk, sk")
                .limit(AT_ONCE))
        .items();
  }
}
