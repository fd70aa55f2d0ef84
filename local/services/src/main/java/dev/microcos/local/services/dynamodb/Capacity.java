package dev.microcos.local.services.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.microcos.local.services.transport.JsonRequest;
import java.io.IOException;

/** Tells a caller what a call would have cost. */
enum Capacity {
  NONE,
  TOTAL,
  INDEXES;

  static Capacity of(JsonRequest request) {
    return switch (request.text("ReturnConsumedCapacity").orElse("NONE")) {
      case "NONE" -> NONE;
      case "TOTAL" -> TOTAL;
      case "INDEXES" -> INDEXES;
      default ->
          throw DynamoRefusal.invalid(
              "Value at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy"
                  + " enum value set: [INDEXES, TOTAL, NONE]");
    };
  }

  /** Writes the member of one table. */
  void write(JsonGenerator json, Table table, double units) throws IOException {
    if (this != NONE) {
      json.writeFieldName("ConsumedCapacity");
      writeObject(json, table, units);
    }
  }

  void writeObject(JsonGenerator json, Table table, double units) throws IOException {
    json.writeStartObject();
    json.writeStringField("TableName", table.name());
    json.writeNumberField("CapacityUnits", units);
    if (this == INDEXES) {
      json.writeObjectFieldStart("Table");
      json.writeNumberField("CapacityUnits", units);
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
