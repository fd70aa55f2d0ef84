package dev.microcos.local.services.dynamodb;

import dev.microcos.local.services.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The items of one table in the store. */
final class Items {

  /** A part of the range keys of one hash key, or of the whole table where there is no hash key. */
  record Range(
      byte @Nullable [] low,
      boolean lowIncluded,
      byte @Nullable [] high,
      boolean highIncluded,
      boolean forward) {
    static final Range ALL = new Range(null, false, null, false, true);
  }

  private final Table table;
  private final String name;

  Items(Table table) {
    this.table = table;
    this.name = "ddb_item_" + table.id();
  }

  void create(Session session) throws SQLException {
    session.execute(
        "CREATE TABLE "
            + name
            + " (hash BLOB, range BLOB, expires INTEGER, item BLOB, PRIMARY KEY (hash, range))"
            + " WITHOUT ROWID");
    session.execute(
        "CREATE INDEX " + name + "_expires ON " + name + " (expires) WHERE expires IS NOT NULL");
  }

  void drop(Session session) throws SQLException {
    session.execute("DROP TABLE " + name);
  }

  @Nullable Map<String, Value> get(Session session, Table.Place place) throws SQLException {
    PreparedStatement select =
        session.statement("SELECT item FROM " + name + " WHERE hash = ? AND range = ?");
    select.setBytes(1, place.hash());
    select.setBytes(2, place.range());
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? ValueBytes.read(row.getBytes(1)) : null;
    }
  }

  void put(Session session, Table.Place place, Map<String, Value> item) throws SQLException {
    PreparedStatement insert =
        session.statement(
            "INSERT INTO "
                + name
                + " (hash, range, expires, item) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                + " expires = excluded.expires, item = excluded.item");
    insert.setBytes(1, place.hash());
    insert.setBytes(2, place.range());
    Long expires = expires(item);
    if (expires == null) {
      insert.setNull(3, Types.INTEGER);
    } else {
      insert.setLong(3, expires);
    }
    insert.setBytes(4, ValueBytes.write(item));
    insert.executeUpdate();
  }

  private @Nullable Long expires(Map<String, Value> item) {
    String attribute = table.ttlAttribute();
    return attribute != null && item.get(attribute) instanceof Value.Numeric numeric
        ? Long.valueOf(numeric.number().longValue())
        : null;
  }

  void delete(Session session, Table.Place place) throws SQLException {
    PreparedStatement delete =
        session.statement("DELETE FROM " + name + " WHERE hash = ? AND range = ?");
    delete.setBytes(1, place.hash());
    delete.setBytes(2, place.range());
    delete.executeUpdate();
  }

  /** Deletes what expired within a span of seconds; the number of items. */
  int deleteExpired(Session session, long afterSecond, long untilSecond) throws SQLException {
    PreparedStatement delete =
        session.statement("DELETE FROM " + name + " WHERE expires > ? AND expires <= ?");
    delete.setLong(1, afterSecond);
    delete.setLong(2, untilSecond);
    return delete.executeUpdate();
  }

  /** Gives the items of one hash key in the order of their range keys, until one is enough. */
  void query(Session session, byte[] hash, Range range, Predicate<Map<String, Value>> more)
      throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT item FROM ").append(name);
    sql.append(" WHERE hash = ?");
    if (range.low() != null) {
      sql.append(range.lowIncluded() ? " AND range >= ?" : " AND range > ?");
    }
    if (range.high() != null) {
      sql.append(range.highIncluded() ? " AND range <= ?" : " AND range < ?");
    }
    sql.append(range.forward() ? " ORDER BY range" : " ORDER BY range DESC");
    PreparedStatement select = session.statement(sql.toString());
    int parameter = 1;
    select.setBytes(parameter++, hash);
    if (range.low() != null) {
      select.setBytes(parameter++, range.low());
    }
    if (range.high() != null) {
      select.setBytes(parameter, range.high());
    }
    each(select, more);
  }

  /** Gives all items after a place, in the order of their keys, until one is enough. */
  void scan(Session session, Table.@Nullable Place after, Predicate<Map<String, Value>> more)
      throws SQLException {
    PreparedStatement select =
        session.statement(
            "SELECT item FROM "
                + name
                + (after == null ? "" : " WHERE (hash, range) > (?, ?)")
                + " ORDER BY hash, range");
    if (after != null) {
      select.setBytes(1, after.hash());
      select.setBytes(2, after.range());
    }
    each(select, more);
  }

  private static void each(PreparedStatement select, Predicate<Map<String, Value>> more)
      throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      boolean wanted = true;
      while (wanted && row.next()) {
        wanted = more.test(ValueBytes.read(row.getBytes(1)));
      }
    }
  }
}
