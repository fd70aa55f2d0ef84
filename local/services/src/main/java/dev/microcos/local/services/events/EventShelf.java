package dev.microcos.local.services.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.local.services.store.Store;
import dev.microcos.local.services.transport.JsonApi;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** The events that were put and that not all targets have taken yet. */
final class EventShelf {

  private final Store store;

  /** The shelf of a store; its table is made where it is missing. */
  EventShelf(Store store) {
    this.store = store;
    boolean _ =
        store.write(session -> {
          session.execute(
              "CREATE TABLE IF NOT EXISTS events_put (id TEXT PRIMARY KEY, event TEXT NOT NULL)"
                  + " WITHOUT ROWID");
          return true;
        });
  }

  /** Puts events there, all or none, and returns when they are on the disk. */
  void put(List<ObjectNode> events) {
    int _ =
        store.write(session -> {
          PreparedStatement insert =
              session.statement("INSERT INTO events_put (id, event) VALUES (?, ?)");
          for (ObjectNode event : events) {
            insert.setString(1, event.path("id").asText());
            insert.setString(2, event.toString());
            int _ = insert.executeUpdate();
          }
          return events.size();
        });
  }

  /** All that are there. */
  List<JsonNode> all() {
    return store.read(session -> {
      List<JsonNode> events = new ArrayList<>();
      try (ResultSet rows = session.statement("SELECT event FROM events_put").executeQuery()) {
        while (rows.next()) {
          events.add(read(rows.getString(1)));
        }
      }
      return events;
    });
  }

  /** Takes one away; after a crash it may still be there. */
  void remove(JsonNode event) {
    store.writeLater(session -> {
      PreparedStatement delete = session.statement("DELETE FROM events_put WHERE id = ?");
      delete.setString(1, event.path("id").asText());
      return delete.executeUpdate();
    });
  }

  private static JsonNode read(String event) {
    try {
      return JsonApi.MAPPER.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event in the store is no JSON", e);
    }
  }
}
