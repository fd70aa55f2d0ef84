package dev.microcos.local.services.dynamodb;

import dev.microcos.local.services.transport.JsonReply;
import dev.microcos.local.services.transport.JsonRequest;
import dev.microcos.local.services.transport.Refusal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** PutItem, UpdateItem and DeleteItem: one item, one condition, one commit. */
final class WriteOperations {

  private static final Set<String> COMMON =
      Set.of(
          "TableName",
          "ConditionExpression",
          "ExpressionAttributeNames",
          "ExpressionAttributeValues",
          "ReturnValues",
          "ReturnValuesOnConditionCheckFailure",
          "ReturnConsumedCapacity");
  private static final Set<String> PUT = with("Item");
  private static final Set<String> DELETE = with("Key");
  private static final Set<String> UPDATE = with("Key", "UpdateExpression");

  private final Tables tables;

  WriteOperations(Tables tables) {
    this.tables = tables;
  }

  private static Set<String> with(String... more) {
    Set<String> all = new LinkedHashSet<>(COMMON);
    all.addAll(Set.of(more));
    return Set.copyOf(all);
  }

  /** What a write found and left; or why it was refused. */
  private record Outcome(
      @Nullable Map<String, Value> before,
      @Nullable Map<String, Value> after,
      @Nullable Refusal refusal) {}

  JsonReply put(JsonRequest request) {
    request.allow(PUT);
    Table table = tables.find(request.requireText("TableName"));
    Map<String, Value> item = ValueJson.readItem(request.require("Item"));
    Table.Place place = table.placeOf(item);
    checkSize(item);
    Placeholders placeholders = new Placeholders(request);
    Condition condition = condition(request, placeholders);
    placeholders.checkUsed(condition != null);
    Returned returned = Returned.of(request, Set.of(Returned.NONE, Returned.ALL_OLD));
    Outcome outcome = write(request, table, place, condition, returned, old -> item);
    return reply(request, table, outcome, returned, null);
  }

  JsonReply delete(JsonRequest request) {
    request.allow(DELETE);
    Table table = tables.find(request.requireText("TableName"));
    Table.Place place = table.placeOfKey(ValueJson.readItem(request.require("Key")));
    Placeholders placeholders = new Placeholders(request);
    Condition condition = condition(request, placeholders);
    placeholders.checkUsed(condition != null);
    Returned returned = Returned.of(request, Set.of(Returned.NONE, Returned.ALL_OLD));
    Outcome outcome = write(request, table, place, condition, returned, null);
    return reply(request, table, outcome, returned, null);
  }

  JsonReply update(JsonRequest request) {
    request.allow(UPDATE);
    Table table = tables.find(request.requireText("TableName"));
    Map<String, Value> key = ValueJson.readItem(request.require("Key"));
    Table.Place place = table.placeOfKey(key);
    Placeholders placeholders = new Placeholders(request);
    Condition condition = condition(request, placeholders);
    Optional<String> text = request.text("UpdateExpression");
    Update update = text.isEmpty() ? null : UpdateParser.parse(text.get(), placeholders);
    placeholders.checkUsed(condition != null || update != null);
    if (update != null) {
      checkNoKey(table, update);
    }
    Returned returned = Returned.of(request, Set.of(Returned.values()));
    Outcome outcome =
        write(
            request,
            table,
            place,
            condition,
            returned,
            old -> {
              Map<String, Value> from = old.isEmpty() ? key : old;
              Map<String, Value> after =
                  update == null ? new LinkedHashMap<>(from) : Updates.apply(update, from);
              checkSize(after);
              return after;
            });
    return reply(request, table, outcome, returned, update);
  }

  private static @Nullable Condition condition(JsonRequest request, Placeholders placeholders) {
    Optional<String> text = request.text("ConditionExpression");
    return text.isEmpty()
        ? null
        : ConditionParser.parse("ConditionExpression", text.get(), placeholders);
  }

  static void checkSize(Map<String, Value> item) {
    if (Sizes.of(item) > Sizes.MOST_BYTES_OF_ITEM) {
      throw DynamoRefusal.invalid("Item size has exceeded the maximum allowed size");
    }
  }

  private static void checkNoKey(Table table, Update update) {
    Set<String> touched = new LinkedHashSet<>();
    update.sets().forEach(assignment -> touched.add(assignment.path().name()));
    update.removes().forEach(path -> touched.add(path.name()));
    update.adds().forEach(change -> touched.add(change.path().name()));
    update.deletes().forEach(change -> touched.add(change.path().name()));
    for (String attribute : touched) {
      if (table.isKey(attribute)) {
        throw DynamoRefusal.badParameter(
            "Cannot update attribute " + attribute + ". This attribute is part of the key");
      }
    }
  }

  /** Writes what the change makes of the item (empty if there is none); no change deletes it. */
  private Outcome write(
      JsonRequest request,
      Table table,
      Table.Place place,
      @Nullable Condition condition,
      Returned returned,
      @Nullable UnaryOperator<Map<String, Value>> change) {
    boolean isPut = request.operation().equals("PutItem");
    boolean blind =
        isPut
            && condition == null
            && returned == Returned.NONE
            && Capacity.of(request) == Capacity.NONE;
    Items items = new Items(table);
    Outcome outcome =
        tables.store.write(session -> {
          Map<String, Value> old = blind ? null : items.get(session, place);
          Map<String, Value> known = old == null ? Map.of() : old;
          if (condition != null && !Conditions.holds(condition, known)) {
            return new Outcome(old, old, DynamoRefusal.conditionFailed(shown(request, known)));
          }
          if (change == null) {
            if (old != null) {
              items.delete(session, place);
            }
            return new Outcome(old, null, null);
          }
          try {
            Map<String, Value> after = change.apply(known);
            items.put(session, place, after);
            return new Outcome(old, after, null);
          } catch (Refusal refusal) {
            return new Outcome(old, old, refusal);
          }
        });
    Refusal refusal = outcome.refusal();
    if (refusal != null) {
      throw refusal;
    }
    return outcome;
  }

  private static Map<String, Value> shown(JsonRequest request, Map<String, Value> item) {
    boolean wanted =
        request.text("ReturnValuesOnConditionCheckFailure").orElse("NONE").equals("ALL_OLD");
    return wanted ? item : Map.of();
  }

  private static JsonReply reply(
      JsonRequest request,
      Table table,
      Outcome outcome,
      Returned returned,
      @Nullable Update update) {
    Map<String, Value> attributes = returned.of(outcome.before(), outcome.after(), update);
    Capacity capacity = Capacity.of(request);
    return json -> {
      if (!attributes.isEmpty()) {
        json.writeFieldName("Attributes");
        ValueJson.writeItem(json, attributes);
      }
      capacity.write(json, table, units(outcome));
    };
  }

  private static double units(Outcome outcome) {
    Map<String, Value> before = outcome.before();
    Map<String, Value> after = outcome.after();
    return Sizes.writeUnits(
        Math.max(before == null ? 0 : Sizes.of(before), after == null ? 0 : Sizes.of(after)));
  }
}
