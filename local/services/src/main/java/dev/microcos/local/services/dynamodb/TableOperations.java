package dev.microcos.local.services.dynamodb;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations on tables. */
final class TableOperations {

  private static final Set<String> CREATE =
      Set.of(
          "TableName",
          "AttributeDefinitions",
          "KeySchema",
          "BillingMode",
          "ProvisionedThroughput",
          "TableClass",
          "DeletionProtectionEnabled");

  private final Tables tables;
  private final InstantSource clock;

  TableOperations(Tables tables, InstantSource clock) {
    this.tables = tables;
    this.clock = clock;
  }

  JsonReply create(JsonRequest request) {
    request.allow(CREATE);
    String name = request.requireText("TableName");
    if (!name.matches("[a-zA-Z0-9_.-]{3,255}")) {
      throw DynamoRefusal.invalid(
          "TableName must be at least 3 characters long and at most 255 characters long, of a-z,"
              + " A-Z, 0-9, '_', '-' and '.'");
    }
    if (tables.has(name)) {
      throw DynamoRefusal.tableExists(name);
    }
    Map<String, String> types = types(request);
    Table.Key hash = null;
    Table.Key range = null;
    for (JsonNode element : request.list("KeySchema")) {
      JsonRequest key = request.part(element);
      key.allow(Set.of("AttributeName", "KeyType"));
      String attribute = key.requireText("AttributeName");
      String type = types.remove(attribute);
      if (type == null) {
        throw DynamoRefusal.badParameter(
            "Some index key attributes are not defined in AttributeDefinitions. Keys: ["
                + attribute
                + "]");
      }
      boolean isHash = key.requireText("KeyType").equals("HASH");
      if (isHash == (hash != null)) {
        throw DynamoRefusal.invalid("Invalid KeySchema: first a HASH, then perhaps a RANGE key");
      }
      if (isHash) {
        hash = new Table.Key(attribute, type);
      } else {
        range = new Table.Key(attribute, type);
      }
    }
    if (hash == null || !types.isEmpty()) {
      throw DynamoRefusal.badParameter(
          hash == null
              ? "No hash key specified in schema"
              : "Number of attributes in KeySchema does not exactly match number of attributes"
                  + " defined in AttributeDefinitions");
    }
    return described("TableDescription", tables.create(table(request, name, hash, range)));
  }

  private static Map<String, String> types(JsonRequest request) {
    Map<String, String> types = new LinkedHashMap<>();
    for (JsonNode element : request.list("AttributeDefinitions")) {
      JsonRequest definition = request.part(element);
      definition.allow(Set.of("AttributeName", "AttributeType"));
      String type = definition.requireText("AttributeType");
      if (!Set.of("S", "N", "B").contains(type)) {
        throw DynamoRefusal.invalid(
            "Member must satisfy enum value set: [B, N, S] for AttributeType, not " + type);
      }
      types.put(definition.requireText("AttributeName"), type);
    }
    return types;
  }

  private Table table(JsonRequest request, String name, Table.Key hash, Table.@Nullable Key range) {
    String billing = request.text("BillingMode").orElse("PROVISIONED");
    Optional<JsonNode> throughput = request.object("ProvisionedThroughput");
    if (billing.equals("PROVISIONED") && throughput.isEmpty()) {
      throw DynamoRefusal.badParameter(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
              + " PROVISIONED");
    }
    if (billing.equals("PAY_PER_REQUEST") && throughput.isPresent()) {
      throw DynamoRefusal.badParameter(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
              + " PAY_PER_REQUEST");
    }
    return new Table(
        0,
        name,
        hash,
        range,
        billing,
        throughput.map(units -> units.path("ReadCapacityUnits").asLong()).orElse(0L),
        throughput.map(units -> units.path("WriteCapacityUnits").asLong()).orElse(0L),
        request.text("TableClass").orElse("STANDARD"),
        request.flag("DeletionProtectionEnabled"),
        null,
        clock.millis());
  }

  JsonReply describe(JsonRequest request) {
    request.allow(Set.of("TableName"));
    return described("Table", tables.find(request.requireText("TableName")));
  }

  JsonReply delete(JsonRequest request) {
    request.allow(Set.of("TableName"));
    Table table = tables.find(request.requireText("TableName"));
    if (table.deletionProtected()) {
      throw DynamoRefusal.invalid(
          "Resource cannot be deleted as it is currently protected against deletion. Disable"
              + " deletion protection first.");
    }
    tables.delete(table);
    return described("TableDescription", table);
  }

  JsonReply list(JsonRequest request) {
    request.allow(Set.of("ExclusiveStartTableName", "Limit"));
    List<String> names = tables.names(request.text("ExclusiveStartTableName").orElse(null));
    int limit = request.integer("Limit").orElse(100);
    List<String> page = names.subList(0, Math.clamp(limit, 0, names.size()));
    return json -> {
      json.writeArrayFieldStart("TableNames");
      for (String name : page) {
        json.writeString(name);
      }
      json.writeEndArray();
      if (page.size() < names.size() && !page.isEmpty()) {
        json.writeStringField("LastEvaluatedTableName", page.getLast());
      }
    };
  }

  JsonReply updateTtl(JsonRequest request) {
    request.allow(Set.of("TableName", "TimeToLiveSpecification"));
    Table table = tables.find(request.requireText("TableName"));
    JsonRequest wanted = request.part(request.require("TimeToLiveSpecification"));
    wanted.allow(Set.of("Enabled", "AttributeName"));
    String attribute = wanted.requireText("AttributeName");
    boolean enabled = wanted.flag("Enabled");
    if (enabled == (table.ttlAttribute() != null)) {
      throw DynamoRefusal.invalid(
          enabled ? "TimeToLive is already enabled" : "TimeToLive is already disabled");
    }
    tables.setTtl(table, enabled ? attribute : null);
    return json -> {
      json.writeObjectFieldStart("TimeToLiveSpecification");
      json.writeBooleanField("Enabled", enabled);
      json.writeStringField("AttributeName", attribute);
      json.writeEndObject();
    };
  }

  JsonReply describeTtl(JsonRequest request) {
    request.allow(Set.of("TableName"));
    String attribute = tables.find(request.requireText("TableName")).ttlAttribute();
    return json -> {
      json.writeObjectFieldStart("TimeToLiveDescription");
      json.writeStringField("TimeToLiveStatus", attribute == null ? "DISABLED" : "ENABLED");
      if (attribute != null) {
        json.writeStringField("AttributeName", attribute);
      }
      json.writeEndObject();
    };
  }

  private static JsonReply described(String member, Table table) {
    return json -> {
      json.writeObjectFieldStart(member);
      json.writeStringField("TableName", table.name());
      json.writeStringField("TableStatus", "ACTIVE");
      json.writeStringField(
          "TableArn", "arn:aws:dynamodb:us-east-1:000000000000:table/" + table.name());
      json.writeNumberField("CreationDateTime", table.createdMillis() / 1_000.0);
      json.writeArrayFieldStart("KeySchema");
      writeKey(json, table.hash().name(), "KeyType", "HASH");
      if (table.range() != null) {
        writeKey(json, table.range().name(), "KeyType", "RANGE");
      }
      json.writeEndArray();
      json.writeArrayFieldStart("AttributeDefinitions");
      writeKey(json, table.hash().name(), "AttributeType", table.hash().type());
      if (table.range() != null) {
        writeKey(json, table.range().name(), "AttributeType", table.range().type());
      }
      json.writeEndArray();
      json.writeObjectFieldStart("BillingModeSummary");
      json.writeStringField("BillingMode", table.billingMode());
      json.writeEndObject();
      json.writeObjectFieldStart("ProvisionedThroughput");
      json.writeNumberField("ReadCapacityUnits", table.readUnits());
      json.writeNumberField("WriteCapacityUnits", table.writeUnits());
      json.writeEndObject();
      json.writeObjectFieldStart("TableClassSummary");
      json.writeStringField("TableClass", table.tableClass());
      json.writeEndObject();
      json.writeBooleanField("DeletionProtectionEnabled", table.deletionProtected());
      json.writeEndObject();
    };
  }

  private static void writeKey(JsonGenerator json, String attribute, String what, String value)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("AttributeName", attribute);
    json.writeStringField(what, value);
    json.writeEndObject();
  }
}
