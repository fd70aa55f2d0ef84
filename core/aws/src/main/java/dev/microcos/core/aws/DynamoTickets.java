package dev.microcos.core.aws;

import dev.microcos.core.application.port.Tickets;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Tickets of 256 random bits, of which only the hash is kept; deleting one is spending it. */
final class DynamoTickets implements Tickets {

  private static final int BYTES = 32;
  private static final int LONGEST = 128;
  private static final String SK = "ticket";

  private final DynamoDbClient dynamo;
  private final String table;
  private final RandomGenerator random;

  DynamoTickets(DynamoDbClient dynamo, String table, RandomGenerator random) {
    this.dynamo = dynamo;
    this.table = table;
    this.random = random;
  }

  @Override
  public String issue(Person person, Instant expiresAt) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Map<String, AttributeValue> item = new HashMap<>(key(ticket));
    item.put("user_id", Items.text(person.user().value()));
    item.put("generation", Items.number(person.generation()));
    item.put("expires_at", Items.number(expiresAt.getEpochSecond()));
    dynamo.putItem(put -> put.tableName(table).item(item));
    return ticket;
  }

  @Override
  public Optional<Person> spend(String ticket, Instant now) {
    if (ticket.isEmpty() || ticket.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Map<String, AttributeValue> spent =
          dynamo
              .deleteItem(delete ->
                  delete
                      .tableName(table)
                      .key(key(ticket))
                      .conditionExpression("expires_at > :now")
                      .expressionAttributeValues(Map.of(":now", Items.number(now.getEpochSecond())))
                      .returnValues(ReturnValue.ALL_OLD))
              .attributes();
      return Optional.of(
          new Person(
              new UserId(Items.text(spent, "user_id")), (int) Items.number(spent, "generation")));
    } catch (ConditionalCheckFailedException unknownSpentOrExpired) {
      return Optional.empty();
    }
  }

  private static Map<String, AttributeValue> key(String ticket) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
      return Items.key("TICKET#" + HexFormat.of().formatHex(hash), SK);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
