package dev.microcos.local.services.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.JsonApi;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All tables, in memory and on the disk. */
final class Tables {

  /** AWS leaves items alone whose time to live ended more than five years ago. */
  private static final long OLDEST_EXPIRY_SECONDS = Duration.ofDays(5 * 365).toSeconds();

  final Store store;
  private final NavigableMap<String, Table> byName = new ConcurrentSkipListMap<>();

  Tables(Store store) {
    this.store = store;
    store.write(session -> {
      session.execute(
          "CREATE TABLE IF NOT EXISTS ddb_table (id INTEGER PRIMARY KEY, definition TEXT)");
      return true;
    });
    store.read(session -> {
      try (ResultSet row = session.statement("SELECT definition FROM ddb_table").executeQuery()) {
        while (row.next()) {
          Table table = parse(row.getString(1));
          byName.put(table.name(), table);
        }
      }
      return true;
    });
  }

  private static Table parse(String definition) throws SQLException {
    try {
      return JsonApi.MAPPER.readValue(definition, Table.class);
    } catch (JsonProcessingException e) {
      throw new SQLException("the store holds a table that cannot be read", e);
    }
  }

  Table find(String name) {
    Table table = byName.get(name);
    if (table == null) {
      throw DynamoRefusal.noTable();
    }
    return table;
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The names after one, in their order. */
  List<String> names(@Nullable String after) {
    return List.copyOf((after == null ? byName : byName.tailMap(after, false)).navigableKeySet());
  }

  /** Makes a table; the id of the given one does not matter. */
  synchronized Table create(Table wanted) {
    if (has(wanted.name())) {
      throw DynamoRefusal.tableExists(wanted.name());
    }
    long id = byName.values().stream().mapToLong(Table::id).max().orElse(0) + 1;
    Table table =
        new Table(
            id,
            wanted.name(),
            wanted.hash(),
            wanted.range(),
            wanted.billingMode(),
            wanted.readUnits(),
            wanted.writeUnits(),
            wanted.tableClass(),
            wanted.deletionProtected(),
            wanted.ttlAttribute(),
            wanted.createdMillis());
    store.write(session -> {
      new Items(table).create(session);
      save(session.statement("INSERT INTO ddb_table (definition, id) VALUES (?, ?)"), table);
      return true;
    });
    byName.put(table.name(), table);
    return table;
  }

  synchronized void delete(Table table) {
    byName.remove(table.name());
    store.write(session -> {
      new Items(table).drop(session);
      PreparedStatement delete = session.statement("DELETE FROM ddb_table WHERE id = ?");
      delete.setLong(1, table.id());
      return delete.executeUpdate();
    });
  }

  /** Turns time to live on by an attribute, or off; the expiry of every item is written anew. */
  synchronized void setTtl(Table table, @Nullable String attribute) {
    Table changed = table.withTtl(attribute);
    byName.put(table.name(), changed);
    store.write(session -> {
      save(session.statement("UPDATE ddb_table SET definition = ? WHERE id = ?"), changed);
      Items items = new Items(changed);
      List<Map<String, Value>> all = new ArrayList<>();
      items.scan(session, null, all::add);
      for (Map<String, Value> item : all) {
        items.put(session, changed.placeOf(item), item);
      }
      return true;
    });
  }

  private static void save(PreparedStatement statement, Table table) throws SQLException {
    try {
      statement.setString(1, JsonApi.MAPPER.writeValueAsString(table));
    } catch (JsonProcessingException e) {
      throw new SQLException("a table is JSON", e);
    }
    statement.setLong(2, table.id());
    statement.executeUpdate();
  }

  /** Removes what has expired; the number of items. */
  int removeExpired(Instant now) {
    long second = now.getEpochSecond();
    List<Table> expiring =
        byName.values().stream().filter(table -> table.ttlAttribute() != null).toList();
    if (expiring.isEmpty()) {
      return 0;
    }
    return store.write(session -> {
      int removed = 0;
      for (Table table : expiring) {
        removed += new Items(table).deleteExpired(session, second - OLDEST_EXPIRY_SECONDS, second);
      }
      return removed;
    });
  }
}
