package dev.microcos.local.services.stepfunctions;

import dev.microcos.local.services.store.Store;
import dev.microcos.local.stepfunctions.history.Journal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Histories in the store: appends of many executions share one sync. */
public final class StoreJournal implements Journal {

  private static final String INSERT =
      "INSERT OR IGNORE INTO sfn_entries (stream, position, entry) VALUES (?, ?, ?)";
  private static final String SUMMARIZE =
      "INSERT INTO sfn_summaries (stream, summary) VALUES (?, ?)"
          + " ON CONFLICT (stream) DO UPDATE SET summary = excluded.summary";

  private final Store store;

  /** The histories of a store; their tables are made where they are missing. */
  public StoreJournal(Store store) {
    this.store = store;
    boolean _ =
        store.write(session -> {
          session.execute(
              "CREATE TABLE IF NOT EXISTS sfn_entries (stream TEXT NOT NULL, position INTEGER NOT"
                  + " NULL, entry TEXT NOT NULL, PRIMARY KEY (stream, position)) WITHOUT ROWID");
          session.execute(
              "CREATE TABLE IF NOT EXISTS sfn_summaries (stream TEXT PRIMARY KEY, summary TEXT NOT"
                  + " NULL) WITHOUT ROWID");
          return true;
        });
  }

  @Override
  public boolean append(String stream, long position, String entry, @Nullable String summary) {
    return store.write(session -> {
      PreparedStatement insert = session.statement(INSERT);
      insert.setString(1, stream);
      insert.setLong(2, position);
      insert.setString(3, entry);
      boolean added = insert.executeUpdate() == 1;
      if (added && summary != null) {
        PreparedStatement summarize = session.statement(SUMMARIZE);
        summarize.setString(1, stream);
        summarize.setString(2, summary);
        int _ = summarize.executeUpdate();
      }
      return added;
    });
  }

  @Override
  public void summarize(String stream, String summary) {
    store.writeLater(session -> {
      PreparedStatement summarize =
          session.statement("UPDATE sfn_summaries SET summary = ? WHERE stream = ?");
      summarize.setString(1, summary);
      summarize.setString(2, stream);
      return summarize.executeUpdate();
    });
  }

  @Override
  public List<String> read(String stream) {
    return store.read(session -> {
      PreparedStatement select =
          session.statement("SELECT entry FROM sfn_entries WHERE stream = ? ORDER BY position");
      select.setString(1, stream);
      List<String> entries = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(rows.getString(1));
        }
      }
      return entries;
    });
  }

  @Override
  public Map<String, String> summaries() {
    return store.read(session -> {
      Map<String, String> summaries = new LinkedHashMap<>();
      try (ResultSet rows =
          session.statement("SELECT stream, summary FROM sfn_summaries").executeQuery()) {
        while (rows.next()) {
          summaries.put(rows.getString(1), rows.getString(2));
        }
      }
      return summaries;
    });
  }

  @Override
  public void delete(String stream) {
    boolean _ =
        store.write(session -> {
          for (String table : List.of("sfn_entries", "sfn_summaries")) {
            PreparedStatement delete =
                session.statement("DELETE FROM " + table + " WHERE stream = ?");
            delete.setString(1, stream);
            int _ = delete.executeUpdate();
          }
          return true;
        });
  }
}
