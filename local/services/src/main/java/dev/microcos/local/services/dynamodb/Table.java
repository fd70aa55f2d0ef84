package dev.microcos.local.services.dynamodb;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table's definition.
 *
 * @param id names its rows in the store
 * @param range the range key, or null without one
 * @param billingMode {@code PAY_PER_REQUEST} or {@code PROVISIONED}
 * @param tableClass {@code STANDARD} or {@code STANDARD_INFREQUENT_ACCESS}
 * @param ttlAttribute holds the second of expiry, or null while time to live is off
 */
record Table(
    long id,
    String name,
    Key hash,
    @Nullable Key range,
    String billingMode,
    long readUnits,
    long writeUnits,
    String tableClass,
    boolean deletionProtected,
    @Nullable String ttlAttribute,
    long createdMillis) {

  /** A key attribute and its type: S, N or B. */
  record Key(String name, String type) {}

  /** Where an item is; the range part is empty in a table without a range key. */
  record Place(byte[] hash, byte[] range) {
    boolean isSame(Place other) {
      return Arrays.equals(hash, other.hash) && Arrays.equals(range, other.range);
    }
  }

  private static final int MOST_BYTES_OF_HASH = 2_048;
  private static final int MOST_BYTES_OF_RANGE = 1_024;

  /** Checks the key attributes of a whole item. */
  Place placeOf(Map<String, Value> item) {
    byte[] hashBytes = keyBytes(hash, item.get(hash.name()), false);
    byte[] rangeBytes =
        range == null ? new byte[0] : keyBytes(range, item.get(range.name()), false);
    return place(hashBytes, rangeBytes);
  }

  /** Checks a key, which has the key attributes and no others. */
  Place placeOfKey(Map<String, Value> key) {
    if (key.size() != (range == null ? 1 : 2)) {
      throw mismatch();
    }
    byte[] hashBytes = keyBytes(hash, key.get(hash.name()), true);
    byte[] rangeBytes = range == null ? new byte[0] : keyBytes(range, key.get(range.name()), true);
    return place(hashBytes, rangeBytes);
  }

  private static Place place(byte[] hashBytes, byte[] rangeBytes) {
    if (hashBytes.length > MOST_BYTES_OF_HASH) {
      throw DynamoRefusal.badParameter(
          "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
    if (rangeBytes.length > MOST_BYTES_OF_RANGE) {
      throw DynamoRefusal.badParameter(
          "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
    return new Place(hashBytes, rangeBytes);
  }

  private static byte[] keyBytes(Key key, @Nullable Value value, boolean bare) {
    if (value == null) {
      throw bare
          ? mismatch()
          : DynamoRefusal.badParameter("Missing the key " + key.name() + " in the item");
    }
    if (!value.type().equals(key.type())) {
      throw bare
          ? mismatch()
          : DynamoRefusal.badParameter(
              "Type mismatch for key "
                  + key.name()
                  + " expected: "
                  + key.type()
                  + " actual: "
                  + value.type());
    }
    byte[] bytes = KeyBytes.of(value);
    if (bytes.length == 0) {
      throw DynamoRefusal.invalid(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty "
              + (key.type().equals("S") ? "string" : "binary")
              + " value. Key: "
              + key.name());
    }
    return bytes;
  }

  private static DynamoRefusal mismatch() {
    return DynamoRefusal.invalid("The provided key element does not match the schema");
  }

  boolean isKey(String attribute) {
    return attribute.equals(hash.name()) || (range != null && attribute.equals(range.name()));
  }

  /** The key attributes of an item. */
  Map<String, Value> keyOf(Map<String, Value> item) {
    Map<String, Value> key = new LinkedHashMap<>();
    key.put(hash.name(), Objects.requireNonNull(item.get(hash.name())));
    if (range != null) {
      key.put(range.name(), Objects.requireNonNull(item.get(range.name())));
    }
    return key;
  }

  Table withTtl(@Nullable String attribute) {
    return new Table(
        id,
        name,
        hash,
        range,
        billingMode,
        readUnits,
        writeUnits,
        tableClass,
        deletionProtected,
        attribute,
        createdMillis);
  }
}
