package dev.microcos.core.aws;

import dev.microcos.core.application.port.People;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * The data key of each person, wrapped by KMS in the {@code keys} table, and their generation
 * beside it. A key is kept in memory for at most a minute, so that erasing takes hold. A row
 * without a key is the tombstone of an erased generation.
 */
final class PersonKeys implements People {

  private static final Duration WARM = Duration.ofSeconds(60);
  private static final int KEPT = 1_024;
  private static final String GENERATION = "generation";
  private static final String WRAPPED = "wrapped";

  /** A reserved word of DynamoDB's expressions. */
  private static final Map<String, String> WRAPPED_NAME = Map.of("#wrapped", WRAPPED);

  private final Clients clients;
  private final Host host;
  private final String table;
  private final String keyId;
  private final Map<UserId, Warm> warm =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UserId, Warm> eldest) {
          return size() > KEPT;
        }
      };

  PersonKeys(Clients clients, Host host) {
    this.clients = clients;
    this.host = host;
    this.table = host.get("KEYS_TABLE", "");
    this.keyId = host.get("KEY_ID", "");
  }

  private record Warm(Person person, SecretKey key, Instant until) {}

  @Override
  public Person current(UserId user) {
    return warm(user).person();
  }

  @Override
  public Person current(UserId user, int seen) {
    Person person = current(user);
    if (person.generation() >= seen) {
      return person;
    }
    forget(user);
    return current(user);
  }

  @Override
  public boolean isOver(Person person) {
    Map<String, AttributeValue> row = read(person.user());
    return row != null && Items.number(row, GENERATION) > person.generation();
  }

  @Override
  public void end(Person person) {
    try {
      clients
          .dynamo()
          .updateItem(update ->
              update
                  .tableName(table)
                  .key(rowKey(person.user()))
                  .updateExpression("SET generation = :next, ended_at = :now REMOVE #wrapped")
                  .conditionExpression("generation = :ended")
                  .expressionAttributeNames(WRAPPED_NAME)
                  .expressionAttributeValues(
                      Map.of(
                          ":ended", Items.number(person.generation()),
                          ":next", Items.number(person.generation() + 1L),
                          ":now", Items.number(host.clock().millis()))));
    } catch (ConditionalCheckFailedException over) {
      // it ended before
    }
    forget(person.user());
  }

  private void forget(UserId user) {
    synchronized (warm) {
      warm.remove(user);
    }
  }

  /**
   * The data key of a person.
   *
   * @throws IllegalStateException if the generation is over: its key is gone
   */
  SecretKey key(Person person) {
    current(person.user(), person.generation());
    Warm present = warm(person.user());
    if (!present.person().equals(person)) {
      throw new IllegalStateException("the generation is over");
    }
    return present.key();
  }

  private Warm warm(UserId user) {
    Instant now = host.clock().instant();
    synchronized (warm) {
      Warm known = warm.get(user);
      if (known != null && now.isBefore(known.until())) {
        return known;
      }
    }
    Map<String, AttributeValue> row = read(user);
    Warm found =
        row != null && row.containsKey(WRAPPED)
            ? unwrapped(user, row, now)
            : create(user, row, now);
    synchronized (warm) {
      warm.put(user, found);
    }
    return found;
  }

  private @Nullable Map<String, AttributeValue> read(UserId user) {
    Map<String, AttributeValue> item =
        clients
            .dynamo()
            .getItem(get -> get.tableName(table).key(rowKey(user)).consistentRead(true))
            .item();
    return item == null || item.isEmpty() ? null : item;
  }

  /** The first key of a generation: the very first, or the one after a tombstone. */
  private Warm create(UserId user, @Nullable Map<String, AttributeValue> tombstone, Instant now) {
    int generation = tombstone == null ? 1 : (int) Items.number(tombstone, GENERATION);
    GenerateDataKeyResponse made =
        clients
            .kms()
            .generateDataKey(key ->
                key.keyId(keyId).keySpec(DataKeySpec.AES_256).encryptionContext(context(user)));
    Map<String, AttributeValue> row =
        Map.of(
            Items.PK,
            Items.text(user.value()),
            GENERATION,
            Items.number(generation),
            WRAPPED,
            AttributeValue.fromB(made.ciphertextBlob()),
            "created_at",
            Items.number(now.toEpochMilli()));
    try {
      clients
          .dynamo()
          .putItem(put ->
              put.tableName(table)
                  .item(row)
                  .conditionExpression(
                      "attribute_not_exists(pk) OR (generation = :generation AND"
                          + " attribute_not_exists(#wrapped))")
                  .expressionAttributeNames(WRAPPED_NAME)
                  .expressionAttributeValues(Map.of(":generation", Items.number(generation))));
    } catch (ConditionalCheckFailedException somebodyWasFirst) {
      Map<String, AttributeValue> theirs = read(user);
      if (theirs == null) {
        throw somebodyWasFirst;
      }
      return unwrapped(user, theirs, now);
    }
    return new Warm(new Person(user, generation), secret(made.plaintext()), now.plus(WARM));
  }

  private Warm unwrapped(UserId user, Map<String, AttributeValue> row, Instant now) {
    SdkBytes plain =
        clients
            .kms()
            .decrypt(decrypt ->
                decrypt
                    .keyId(keyId)
                    .ciphertextBlob(SdkBytes.fromByteArray(Items.bytes(row, WRAPPED)))
                    .encryptionContext(context(user)))
            .plaintext();
    Person person = new Person(user, (int) Items.number(row, GENERATION));
    return new Warm(person, secret(plain), now.plus(WARM));
  }

  private static SecretKey secret(SdkBytes plain) {
    return new SecretKeySpec(plain.asByteArray(), "AES");
  }

  private static Map<String, String> context(UserId user) {
    return Map.of("user_id", user.value());
  }

  private static Map<String, AttributeValue> rowKey(UserId user) {
    return Map.of(Items.PK, Items.text(user.value()));
  }
}
