package dev.microcos.local.services.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** A connection to the file with its prepared statements; used by one thread at a time. */
public final class Session {

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private Session(Connection connection) {
    this.connection = connection;
  }

  static Session writer(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "on");
    config.setBusyTimeout(10_000);
    Session session = new Session(config.createConnection("jdbc:sqlite:" + file));
    session.execute("PRAGMA wal_autocheckpoint=0");
    session.execute("PRAGMA cache_size=-8000");
    return session;
  }

  static Session reader(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    Session session = new Session(config.createConnection("jdbc:sqlite:" + file));
    session.execute("PRAGMA query_only=on");
    return session;
  }

  /**
   * The prepared statement of this text, made at its first use and kept. Its caller binds every
   * parameter and closes every result set.
   */
  public PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement kept = statements.get(sql);
    if (kept == null) {
      kept = connection.prepareStatement(sql);
      statements.put(sql, kept);
    }
    return kept;
  }

  /** Runs a statement that is needed once, as those that make or drop a table. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void run(String sql) throws SQLException {
    PreparedStatement statement = statement(sql);
    if (statement.execute()) {
      statement.getResultSet().close();
    }
  }

  void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    connection.close();
  }
}
