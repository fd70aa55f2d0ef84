package dev.microcos.core.aws;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.StateJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * States kept beside their log: compressed, sealed, in parts that fit an item, with the pointer to
 * the newest written last, so that a half-written one is never read. Older ones stay as
 * checkpoints.
 */
final class Snapshots {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private static final String POINTER = "snapshot";
  private static final String KIND = "snapshot";
  private static final String SEQ = "seq";
  private static final String PARTS = "parts";
  private static final int PART = 300 * 1024;
  private static final int LAST_PART = 999;

  private final DynamoDbClient dynamo;
  private final String table;
  private final Seal seal;

  Snapshots(DynamoDbClient dynamo, String table, Seal seal) {
    this.dynamo = dynamo;
    this.table = table;
    this.seal = seal;
  }

  Optional<UserState> newest(Person person) {
    Map<String, AttributeValue> pointer = get(person, POINTER);
    if (pointer.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        read(person, Items.number(pointer, SEQ), (int) Items.number(pointer, PARTS)));
  }

  /** The newest checkpoint whose state holds no event after {@code seq}. */
  Optional<UserState> before(Person person, long seq) {
    return dynamo
        .query(query ->
            query
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :last")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", Items.text(person.partition()),
                        ":first", Items.text(sk(0, 0)),
                        ":last", Items.text(sk(seq, LAST_PART))))
                .scanIndexForward(false)
                .limit(1))
        .items()
        .stream()
        .findFirst()
        .map(item -> read(person, Items.number(item, SEQ), (int) Items.number(item, PARTS)));
  }

  private UserState read(Person person, long seq, int parts) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (int part = 0; part < parts; part++) {
      Map<String, AttributeValue> item = get(person, sk(seq, part));
      packed.writeBytes(
          seal.open(person, place(person, seq, part), Items.bytes(item, CommitItem.DATA)));
    }
    return StateJson.read(unpacked(packed.toByteArray()), person);
  }

  /** Losing a snapshot costs time only, so no failure of it reaches the caller. */
  void keep(UserState state) {
    try {
      write(state);
    } catch (SdkException e) {
      LOG.warn("a snapshot at seq {} could not be kept", state.seq(), e);
    }
  }

  private void write(UserState state) {
    Person person = state.person();
    byte[] packed = packed(StateJson.write(state));
    int parts = (packed.length + PART - 1) / PART;
    for (int part = parts - 1; part >= 0; part--) {
      byte[] content =
          Arrays.copyOfRange(packed, part * PART, Math.min(packed.length, (part + 1) * PART));
      byte[] sealed = seal.close(person, place(person, state.seq(), part), content);
      Map<String, AttributeValue> item =
          new HashMap<>(Items.key(person.partition(), sk(state.seq(), part)));
      item.put(CommitItem.DATA, Items.bytes(sealed));
      item.put(SEQ, Items.number(state.seq()));
      item.put(PARTS, Items.number(parts));
      dynamo.putItem(put -> put.tableName(table).item(item));
    }
    point(state, parts);
  }

  /** Forward only: a slow writer does not lead readers back. */
  private void point(UserState state, int parts) {
    Map<String, AttributeValue> pointer =
        new HashMap<>(Items.key(state.person().partition(), POINTER));
    pointer.put(SEQ, Items.number(state.seq()));
    pointer.put(PARTS, Items.number(parts));
    pointer.put(CommitItem.AT, Items.number(state.committedAt().toEpochMilli()));
    try {
      dynamo.putItem(put ->
          put.tableName(table)
              .item(pointer)
              .conditionExpression("attribute_not_exists(sk) OR seq < :seq")
              .expressionAttributeValues(Map.of(":seq", Items.number(state.seq()))));
    } catch (ConditionalCheckFailedException newerIsThere) {
      // the reader is served better by that one
    }
  }

  private Map<String, AttributeValue> get(Person person, String sk) {
    return dynamo
        .getItem(
            get -> get.tableName(table).key(Items.key(person.partition(), sk)).consistentRead(true))
        .item();
  }

  private static Seal.Place place(Person person, long seq, int part) {
    return new Seal.Place(person.partition(), sk(seq, part), KIND);
  }

  private static String sk(long seq, int part) {
    return String.format("s#%016d#%03d", seq, part);
  }

  private static byte[] packed(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
