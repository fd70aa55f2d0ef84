package dev.microcos.core.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.application.port.Archive;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.MessageJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The archive in DynamoDB, in a table of the infrequent-access class: sealed chunks of messages
 * under the seq and id of their first one.
 */
final class DynamoArchive implements Archive {

  private static final String KIND = "messages";
  private static final String PREFIX = "m#";

  /** Bytes of a chunk before it is sealed; an item holds 400 KB. */
  private static final int CHUNK = 300 * 1024;

  private static final int CHUNKS_A_PAGE = 4;

  private final DynamoDbClient dynamo;
  private final String table;
  private final Seal seal;

  DynamoArchive(DynamoDbClient dynamo, String table, Seal seal) {
    this.dynamo = dynamo;
    this.table = table;
    this.seal = seal;
  }

  @Override
  public void keep(Person person, List<Message> messages) {
    List<Message> chunk = new ArrayList<>();
    int bytes = 0;
    for (Message message : messages) {
      int size = MessageJson.write(List.of(message)).length;
      boolean together = !chunk.isEmpty() && chunk.getLast().seq() == message.seq();
      if (bytes + size > CHUNK && !chunk.isEmpty() && !together) {
        put(person, chunk);
        chunk.clear();
        bytes = 0;
      }
      chunk.add(message);
      bytes += size;
    }
    if (!chunk.isEmpty()) {
      put(person, chunk);
    }
  }

  private void put(Person person, List<Message> chunk) {
    Message first = chunk.getFirst();
    String sk = sk(first.seq()) + '#' + first.id();
    byte[] sealed = seal.close(person, place(person, sk), MessageJson.write(chunk));
    Map<String, AttributeValue> item = new HashMap<>(Items.key(person.partition(), sk));
    item.put(CommitItem.DATA, Items.bytes(sealed));
    dynamo.putItem(put -> put.tableName(table).item(item));
  }

  @Override
  public List<Message> before(Person person, long seq, int limit) {
    List<Message> found = new ArrayList<>();
    Map<String, AttributeValue> next = null;
    do {
      Map<String, AttributeValue> start = next;
      QueryResponse page =
          dynamo.query(query ->
              query
                  .tableName(table)
                  .consistentRead(true)
                  .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :last")
                  .expressionAttributeValues(
                      Map.of(
                          ":pk", Items.text(person.partition()),
                          ":first", Items.text(PREFIX),
                          ":last", Items.text(sk(seq))))
                  .scanIndexForward(false)
                  .exclusiveStartKey(start)
                  .limit(CHUNKS_A_PAGE));
      for (Map<String, AttributeValue> item : page.items()) {
        for (Message message : messages(person, item).reversed()) {
          if (message.seq() < seq) {
            found.add(message);
          }
        }
      }
      next = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (next != null && found.size() < limit);
    return found;
  }

  private List<Message> messages(Person person, Map<String, AttributeValue> item) {
    String sk = Items.text(item, Items.SK);
    JsonNode json =
        Json.tree(seal.open(person, place(person, sk), Items.bytes(item, CommitItem.DATA)));
    return MessageJson.read(json);
  }

  private static Seal.Place place(Person person, String sk) {
    return new Seal.Place(person.partition(), sk, KIND);
  }

  private static String sk(long seq) {
    return String.format("%s%016d", PREFIX, seq);
  }
}
