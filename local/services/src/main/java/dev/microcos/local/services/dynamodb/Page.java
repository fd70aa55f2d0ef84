package dev.microcos.local.services.dynamodb;

import dev.microcos.local.services.transport.JsonReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One page of a Query or Scan: full at the limit, which counts before the filter, or at 1 MB. */
final class Page {

  private final Table table;
  private final @Nullable Condition filter;
  private final @Nullable Projection projection;
  private final int limit;
  private final boolean countOnly;
  private final List<Map<String, Value>> items = new ArrayList<>();
  private int count;
  private int scanned;
  private long bytes;
  private Map<String, Value> lastKey = Map.of();

  Page(
      Table table,
      @Nullable Condition filter,
      @Nullable Projection projection,
      int limit,
      boolean countOnly) {
    this.table = table;
    this.filter = filter;
    this.projection = projection;
    this.limit = limit;
    this.countOnly = countOnly;
  }

  /** Takes the next item; false once the page is full. */
  boolean add(Map<String, Value> item) {
    scanned++;
    bytes += Sizes.of(item);
    if (filter == null || Conditions.holds(filter, item)) {
      count++;
      if (!countOnly) {
        items.add(projection == null ? item : projection.of(item));
      }
    }
    if (scanned >= limit || bytes > Sizes.MOST_BYTES_OF_PAGE) {
      lastKey = table.keyOf(item);
      return false;
    }
    return true;
  }

  JsonReply reply(Capacity capacity, boolean consistent) {
    return json -> {
      if (!countOnly) {
        json.writeArrayFieldStart("Items");
        for (Map<String, Value> item : items) {
          ValueJson.writeItem(json, item);
        }
        json.writeEndArray();
      }
      json.writeNumberField("Count", count);
      json.writeNumberField("ScannedCount", scanned);
      if (!lastKey.isEmpty()) {
        json.writeFieldName("LastEvaluatedKey");
        ValueJson.writeItem(json, lastKey);
      }
      capacity.write(json, table, Sizes.readUnits(bytes, consistent));
    };
  }
}
