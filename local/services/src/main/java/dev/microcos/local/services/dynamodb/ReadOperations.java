package dev.microcos.local.services.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** GetItem, Query and Scan. */
final class ReadOperations {

  private static final Set<String> GET =
      Set.of(
          "TableName",
          "Key",
          "ConsistentRead",
          "ProjectionExpression",
          "ExpressionAttributeNames",
          "ReturnConsumedCapacity");
  private static final Set<String> QUERY =
      Set.of(
          "TableName",
          "KeyConditionExpression",
          "FilterExpression",
          "ProjectionExpression",
          "ExpressionAttributeNames",
          "ExpressionAttributeValues",
          "ScanIndexForward",
          "Limit",
          "ExclusiveStartKey",
          "ConsistentRead",
          "Select",
          "ReturnConsumedCapacity");
  private static final Set<String> SCAN =
      Set.of(
          "TableName",
          "FilterExpression",
          "ProjectionExpression",
          "ExpressionAttributeNames",
          "ExpressionAttributeValues",
          "Limit",
          "ExclusiveStartKey",
          "ConsistentRead",
          "Select",
          "ReturnConsumedCapacity");

  private final Tables tables;

  ReadOperations(Tables tables) {
    this.tables = tables;
  }

  JsonReply get(JsonRequest request) {
    request.allow(GET);
    Table table = tables.find(request.requireText("TableName"));
    Table.Place place = table.placeOfKey(ValueJson.readItem(request.require("Key")));
    Placeholders placeholders = new Placeholders(request);
    Projection projection = projection(request, placeholders);
    placeholders.checkUsed(projection != null);
    Items items = new Items(table);
    Map<String, Value> item = tables.store.read(session -> found(items.get(session, place)));
    Capacity capacity = Capacity.of(request);
    double units = Sizes.readUnits(Sizes.of(item), request.flag("ConsistentRead"));
    return json -> {
      if (!item.isEmpty()) {
        json.writeFieldName("Item");
        ValueJson.writeItem(json, projection == null ? item : projection.of(item));
      }
      capacity.write(json, table, units);
    };
  }

  private static Map<String, Value> found(@Nullable Map<String, Value> item) {
    return item == null ? Map.of() : item;
  }

  static @Nullable Projection projection(JsonRequest request, Placeholders placeholders) {
    Optional<String> text = request.text("ProjectionExpression");
    return text.isEmpty() ? null : Projection.of(PathParser.projection(text.get(), placeholders));
  }

  JsonReply query(JsonRequest request) {
    request.allow(QUERY);
    Table table = tables.find(request.requireText("TableName"));
    Placeholders placeholders = new Placeholders(request);
    String text =
        request
            .text("KeyConditionExpression")
            .orElseThrow(() ->
                DynamoRefusal.invalid(
                    "Either the KeyConditions or KeyConditionExpression parameter must be"
                        + " specified in the request."));
    KeyCondition keys =
        KeyCondition.of(ConditionParser.parse("KeyConditionExpression", text, placeholders), table);
    Page page = page(request, table, placeholders);
    boolean forward =
        request.member("ScanIndexForward").isEmpty() || request.flag("ScanIndexForward");
    Map<String, Value> after = start(request, table);
    if (!after.isEmpty() && !keys.hashValue().equals(after.get(table.hash().name()))) {
      throw DynamoRefusal.invalid(
          "The provided starting key is outside query boundaries based on"
              + " provided conditions");
    }
    Items.Range range = keys.range(table, forward, after);
    Items items = new Items(table);
    tables.store.read(session -> {
      items.query(session, KeyBytes.of(keys.hashValue()), range, page::add);
      return true;
    });
    return page.reply(Capacity.of(request), request.flag("ConsistentRead"));
  }

  JsonReply scan(JsonRequest request) {
    request.allow(SCAN);
    Table table = tables.find(request.requireText("TableName"));
    Placeholders placeholders = new Placeholders(request);
    Page page = page(request, table, placeholders);
    Map<String, Value> start = start(request, table);
    Table.Place after = start.isEmpty() ? null : table.placeOfKey(start);
    Items items = new Items(table);
    tables.store.read(session -> {
      items.scan(session, after, page::add);
      return true;
    });
    return page.reply(Capacity.of(request), request.flag("ConsistentRead"));
  }

  private static Page page(JsonRequest request, Table table, Placeholders placeholders) {
    Optional<String> filter = request.text("FilterExpression");
    Condition condition =
        filter.isEmpty()
            ? null
            : ConditionParser.parse("FilterExpression", filter.get(), placeholders);
    Projection projection = projection(request, placeholders);
    placeholders.checkUsed(true);
    OptionalInt limit = request.integer("Limit");
    if (limit.isPresent() && limit.getAsInt() < 1) {
      throw DynamoRefusal.invalid(
          "1 validation error detected: Value '"
              + limit.getAsInt()
              + "' at 'limit' failed to satisfy constraint: Member must have value greater than or"
              + " equal to 1");
    }
    return new Page(
        table, condition, projection, limit.orElse(Integer.MAX_VALUE), countOnly(request));
  }

  private static boolean countOnly(JsonRequest request) {
    boolean projected = request.text("ProjectionExpression").isPresent();
    return switch (request.text("Select").orElse("")) {
      case "COUNT" -> {
        if (projected) {
          throw DynamoRefusal.invalid(
              "Cannot specify the ProjectionExpression when choosing to get only the Count");
        }
        yield true;
      }
      case "ALL_ATTRIBUTES" -> {
        if (projected) {
          throw DynamoRefusal.invalid(
              "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES");
        }
        yield false;
      }
      case "" -> false;
      case "SPECIFIC_ATTRIBUTES" -> false;
      default ->
          throw DynamoRefusal.invalid("The local cloud does not support this value of Select");
    };
  }

  private static Map<String, Value> start(JsonRequest request, Table table) {
    Optional<JsonNode> key = request.object("ExclusiveStartKey");
    if (key.isEmpty()) {
      return Map.of();
    }
    Map<String, Value> start = ValueJson.readItem(key.get());
    try {
      Table.Place _ = table.placeOfKey(start);
    } catch (DynamoRefusal refusal) {
      throw DynamoRefusal.invalid("The provided starting key is invalid: " + refusal.text());
    }
    return start;
  }
}
