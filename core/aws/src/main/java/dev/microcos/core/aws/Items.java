package dev.microcos.core.aws;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of DynamoDB items. */
final class Items {

  static final String PK = "pk";
  static final String SK = "sk";

  private Items() {}

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue bytes(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(value));
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(PK, text(pk), SK, text(sk));
  }

  static String text(Map<String, AttributeValue> item, String name) {
    return value(item, name).s();
  }

  static long number(Map<String, AttributeValue> item, String name) {
    return Long.parseLong(value(item, name).n());
  }

  static byte[] bytes(Map<String, AttributeValue> item, String name) {
    return value(item, name).b().asByteArrayUnsafe();
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("an item without " + name);
    }
    return value;
  }
}
