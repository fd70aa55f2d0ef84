package dev.microcos.core.aws;

import dev.microcos.core.application.port.Watching;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which sockets watch a run: an item each in the run's partition of the table of sockets. It ends
 * when its socket is found gone, at the latest when API Gateway would have closed that.
 */
final class DynamoWatching implements Watching {

  private static final Duration LONGEST_SOCKET = Duration.ofHours(2).plusMinutes(5);

  private final DynamoDbClient dynamo;
  private final String table;
  private final InstantSource clock;

  DynamoWatching(DynamoDbClient dynamo, String table, InstantSource clock) {
    this.dynamo = dynamo;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public void watch(Person person, String connection, RunId run) {
    Map<String, AttributeValue> item = new HashMap<>(key(person, connection, run));
    item.put("owner", Items.text(person.partition()));
    item.put("expires_at", Items.number(clock.instant().plus(LONGEST_SOCKET).getEpochSecond()));
    dynamo.putItem(put -> put.tableName(table).item(item));
  }

  @Override
  public void unwatch(Person person, String connection, RunId run) {
    dynamo.deleteItem(delete -> delete.tableName(table).key(key(person, connection, run)));
  }

  @Override
  public List<String> watching(Person person, RunId run) {
    return dynamo
        .query(query ->
            query
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", Items.text(new PersonRun(person, run).partition()))))
        .items()
        .stream()
        .filter(item -> Items.text(item, "owner").equals(person.partition()))
        .map(item -> Items.text(item, Items.SK))
        .toList();
  }

  private static Map<String, AttributeValue> key(Person person, String connection, RunId run) {
    return Items.key(new PersonRun(person, run).partition(), connection);
  }
}
