package dev.microcos.local.services.dynamodb;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value of an attribute. Two are equal if DynamoDB says so: numbers by value, sets in any order.
 */
sealed interface Value {

  /** The type's descriptor on the wire. */
  String type();

  /** A string. */
  record Text(String text) implements Value {
    @Override
    public String type() {
      return "S";
    }
  }

  /** A number, without trailing zeros. */
  record Numeric(BigDecimal number) implements Value {
    @Override
    public String type() {
      return "N";
    }
  }

  /** Bytes. */
  record Binary(byte[] bytes) implements Value {
    @Override
    public String type() {
      return "B";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Binary(byte[] others) && Arrays.equals(bytes, others);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Value {
    @Override
    public String type() {
      return "BOOL";
    }
  }

  /** Null. */
  record Null() implements Value {
    @Override
    public String type() {
      return "NULL";
    }
  }

  /** A list. */
  record ListOf(List<Value> values) implements Value {
    @Override
    public String type() {
      return "L";
    }
  }

  /** A map. */
  record MapOf(Map<String, Value> values) implements Value {
    @Override
    public String type() {
      return "M";
    }
  }

  /** A set of strings, numbers or binaries, each of the type that the descriptor tells. */
  record SetOf(String type, Set<Value> values) implements Value {}
}
