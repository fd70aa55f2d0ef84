package dev.microcos.local.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * BatchGetItem and BatchWriteItem; here a batch of writes is one commit, which AWS does not say.
 */
final class BatchOperations {

  private static final int MOST_READS = 100;
  private static final int MOST_WRITES = 25;

  private final Tables tables;

  BatchOperations(Tables tables) {
    this.tables = tables;
  }

  private record Write(Table table, Table.Place place, @Nullable Map<String, Value> item) {}

  JsonReply write(JsonRequest request) {
    request.allow(Set.of("RequestItems", "ReturnConsumedCapacity"));
    List<Write> writes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : requestItems(request).properties()) {
      Table table = tables.find(entry.getKey());
      for (JsonNode node : entry.getValue()) {
        Write write = write(table, request.part(node));
        for (Write other : writes) {
          if (other.table().equals(table) && other.place().isSame(write.place())) {
            throw DynamoRefusal.invalid("Provided list of item keys contains duplicates");
          }
        }
        writes.add(write);
      }
    }
    if (writes.isEmpty() || writes.size() > MOST_WRITES) {
      throw DynamoRefusal.invalid(
          writes.isEmpty()
              ? "The batch write request list for a table cannot be null or empty"
              : "Too many items requested for the BatchWriteItem call");
    }
    tables.store.write(session -> {
      for (Write write : writes) {
        Map<String, Value> item = write.item();
        if (item == null) {
          new Items(write.table()).delete(session, write.place());
        } else {
          new Items(write.table()).put(session, write.place(), item);
        }
      }
      return true;
    });
    Map<Table, Double> units = new LinkedHashMap<>();
    for (Write write : writes) {
      Map<String, Value> item = write.item();
      units.merge(write.table(), Sizes.writeUnits(item == null ? 0 : Sizes.of(item)), Double::sum);
    }
    return json -> {
      json.writeObjectFieldStart("UnprocessedItems");
      json.writeEndObject();
      capacity(request, units).writeMembers(json);
    };
  }

  private static Write write(Table table, JsonRequest part) {
    part.allow(Set.of("PutRequest", "DeleteRequest"));
    if (part.members().size() != 1) {
      throw DynamoRefusal.invalid(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
              + " supported datatypes");
    }
    if (part.object("PutRequest").isPresent()) {
      JsonRequest put = part.part(part.require("PutRequest"));
      put.allow(Set.of("Item"));
      Map<String, Value> item = ValueJson.readItem(put.require("Item"));
      WriteOperations.checkSize(item);
      return new Write(table, table.placeOf(item), item);
    }
    JsonRequest delete = part.part(part.require("DeleteRequest"));
    delete.allow(Set.of("Key"));
    return new Write(table, table.placeOfKey(ValueJson.readItem(delete.require("Key"))), null);
  }

  JsonReply get(JsonRequest request) {
    request.allow(Set.of("RequestItems", "ReturnConsumedCapacity"));
    Map<Table, List<Map<String, Value>>> found = new LinkedHashMap<>();
    Map<Table, Double> units = new LinkedHashMap<>();
    int asked = 0;
    for (Map.Entry<String, JsonNode> entry : requestItems(request).properties()) {
      Table table = tables.find(entry.getKey());
      JsonRequest part = request.part(entry.getValue());
      asked += part.require("Keys").size();
      if (asked > MOST_READS) {
        throw DynamoRefusal.invalid("Too many items requested for the BatchGetItem call");
      }
      get(table, part, found.computeIfAbsent(table, t -> new ArrayList<>()), units);
    }
    return json -> {
      json.writeObjectFieldStart("Responses");
      for (Map.Entry<Table, List<Map<String, Value>>> entry : found.entrySet()) {
        json.writeArrayFieldStart(entry.getKey().name());
        for (Map<String, Value> item : entry.getValue()) {
          ValueJson.writeItem(json, item);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      json.writeObjectFieldStart("UnprocessedKeys");
      json.writeEndObject();
      capacity(request, units).writeMembers(json);
    };
  }

  private void get(
      Table table, JsonRequest part, List<Map<String, Value>> found, Map<Table, Double> units) {
    part.allow(
        Set.of("Keys", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames"));
    Placeholders placeholders = new Placeholders(part);
    Projection projection = ReadOperations.projection(part, placeholders);
    placeholders.checkUsed(projection != null);
    List<Table.Place> places = new ArrayList<>();
    for (JsonNode key : part.list("Keys")) {
      Table.Place place = table.placeOfKey(ValueJson.readItem(key));
      if (places.stream().anyMatch(place::isSame)) {
        throw DynamoRefusal.invalid("Provided list of item keys contains duplicates");
      }
      places.add(place);
    }
    Items items = new Items(table);
    tables.store.read(session -> {
      for (Table.Place place : places) {
        Map<String, Value> item = items.get(session, place);
        int bytes = item == null ? 0 : Sizes.of(item);
        units.merge(table, Sizes.readUnits(bytes, part.flag("ConsistentRead")), Double::sum);
        if (item != null) {
          found.add(projection == null ? item : projection.of(item));
        }
      }
      return true;
    });
  }

  private static JsonNode requestItems(JsonRequest request) {
    JsonNode items = request.require("RequestItems");
    if (!items.isObject() || items.isEmpty()) {
      throw DynamoRefusal.invalid(
          "1 validation error detected: Value at 'requestItems' failed to satisfy constraint:"
              + " Member must have length greater than or equal to 1");
    }
    return items;
  }

  private static JsonReply capacity(JsonRequest request, Map<Table, Double> units) {
    Capacity capacity = Capacity.of(request);
    return json -> {
      if (capacity != Capacity.NONE) {
        json.writeArrayFieldStart("ConsumedCapacity");
        for (Map.Entry<Table, Double> entry : units.entrySet()) {
          capacity.writeObject(json, entry.getKey(), entry.getValue());
        }
        json.writeEndArray();
      }
    };
  }
}
