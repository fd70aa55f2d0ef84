package dev.microcos.core.aws;

import dev.microcos.core.application.port.Connections;
import dev.microcos.core.domain.id.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The open sockets, each an item in its person's partition. An item outlives its socket by nothing
 * but accident, and then only until API Gateway would have closed it: two hours.
 */
final class DynamoConnections implements Connections {

  private static final String ACTIVE = "active";
  private static final String EXPIRES_AT = "expires_at";
  private static final Duration LONGEST_SOCKET = Duration.ofHours(2).plusMinutes(5);

  private final DynamoDbClient dynamo;
  private final String table;

  DynamoConnections(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public void open(Person person, String connection, Instant now) {
    Map<String, AttributeValue> item = new HashMap<>(Items.key(person.partition(), connection));
    item.put(ACTIVE, AttributeValue.fromBool(false));
    item.put(EXPIRES_AT, Items.number(now.plus(LONGEST_SOCKET).getEpochSecond()));
    dynamo.putItem(put -> put.tableName(table).item(item));
  }

  @Override
  public void activate(Person person, String connection, Instant now) {
    try {
      dynamo.updateItem(update ->
          update
              .tableName(table)
              .key(Items.key(person.partition(), connection))
              .updateExpression("SET active = :yes")
              .conditionExpression("attribute_exists(sk)")
              .expressionAttributeValues(Map.of(":yes", AttributeValue.fromBool(true))));
    } catch (ConditionalCheckFailedException gone) {
      // it was closed meanwhile; nothing is to be shown to it
    }
  }

  @Override
  public void close(Person person, String connection) {
    dynamo.deleteItem(
        delete -> delete.tableName(table).key(Items.key(person.partition(), connection)));
  }

  @Override
  public List<String> active(Person person) {
    return dynamo
        .query(query ->
            query
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", Items.text(person.partition()))))
        .items()
        .stream()
        .filter(item -> Boolean.TRUE.equals(item.getOrDefault(ACTIVE, NOT).bool()))
        .map(item -> Items.text(item, Items.SK))
        .toList();
  }

  private static final AttributeValue NOT = AttributeValue.fromBool(false);
}
