package dev.microcos.local.services.sqs;

import dev.microcos.local.services.store.Session;
import dev.microcos.local.services.store.Store;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Queues and messages on the disk. A message of a FIFO queue that was deleted stays behind, without
 * its content, until its deduplication interval is over.
 */
final class QueueStore {

  /** A row of a queue. */
  record QueueRow(long id, String name, long createdMillis, Map<String, String> attributes) {}

  /** A row of a message; what is gone is there only for deduplication. */
  record MessageRow(
      long queue,
      long sequence,
      boolean gone,
      Message message,
      int receives,
      long firstReceivedMillis) {}

  private static final String SELECT =
      "SELECT sequence, queue, gone, sent, visible, id, grp, dedup, body, trace, source,"
          + " attributes, receives, received FROM sqs_message";

  private static final String BLANK =
      "UPDATE sqs_message SET gone = 1, body = NULL, trace = NULL, source = NULL,"
          + " attributes = NULL";

  /** How many numbers are set aside with one write, and how many must be left of them. */
  private static final long BLOCK = 1_000_000;

  private static final long LEFT = 100_000;

  private final Store store;
  private final AtomicLong sequences = new AtomicLong();
  private volatile long setAside;

  QueueStore(Store store) {
    this.store = store;
    store.write(session -> {
      session.execute(
          "CREATE TABLE IF NOT EXISTS sqs_queue (id INTEGER PRIMARY KEY, name TEXT UNIQUE,"
              + " created INTEGER, attributes TEXT)");
      session.execute(
          "CREATE TABLE IF NOT EXISTS sqs_message (sequence INTEGER PRIMARY KEY, queue INTEGER,"
              + " gone INTEGER, sent INTEGER, visible INTEGER, id TEXT, grp TEXT, dedup TEXT,"
              + " body TEXT, trace TEXT, source TEXT, attributes TEXT)");
      addColumn(session, "receives");
      addColumn(session, "received");
      session.execute("CREATE TABLE IF NOT EXISTS sqs_sequence (last INTEGER)");
      session.execute(
          "INSERT INTO sqs_sequence SELECT coalesce(max(sequence), 0) FROM sqs_message"
              + " WHERE NOT EXISTS (SELECT 1 FROM sqs_sequence)");
      return true;
    });
    sequences.set(
        store.read(session -> {
          try (ResultSet last = session.statement("SELECT last FROM sqs_sequence").executeQuery()) {
            return last.next() ? last.getLong(1) : 0L;
          }
        }));
    setAside();
  }

  /** Sets numbers aside, so that none is given twice, not even when its message is long gone. */
  private synchronized void setAside() {
    long last = sequences.get() + BLOCK;
    store.write(session -> {
      PreparedStatement update = session.statement("UPDATE sqs_sequence SET last = ?");
      update.setLong(1, last);
      return update.executeUpdate();
    });
    setAside = last;
  }

  private void checkSetAside() {
    if (setAside - sequences.get() < LEFT) {
      setAside();
    }
  }

  /** Adds a number to the messages of a folder that was made before there was that number. */
  private static void addColumn(Session session, String name) throws SQLException {
    try (ResultSet columns =
        session.statement("SELECT name FROM pragma_table_info('sqs_message')").executeQuery()) {
      while (columns.next()) {
        if (columns.getString(1).equals(name)) {
          return;
        }
      }
    }
    session.execute("ALTER TABLE sqs_message ADD COLUMN " + name + " INTEGER DEFAULT 0");
  }

  long createQueue(String name, long createdMillis, Map<String, String> attributes) {
    return store.write(session -> {
      PreparedStatement insert =
          session.statement(
              "INSERT INTO sqs_queue (name, created, attributes) VALUES (?, ?, ?) RETURNING id");
      insert.setString(1, name);
      insert.setLong(2, createdMillis);
      insert.setString(3, MessageJson.write(attributes));
      try (ResultSet row = insert.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no id was given");
        }
        return row.getLong(1);
      }
    });
  }

  void setAttributes(long queue, Map<String, String> attributes) {
    store.write(session -> {
      PreparedStatement update =
          session.statement("UPDATE sqs_queue SET attributes = ? WHERE id = ?");
      update.setString(1, MessageJson.write(attributes));
      update.setLong(2, queue);
      return update.executeUpdate();
    });
  }

  void deleteQueue(long queue) {
    store.write(session -> {
      deleteMessages(session, queue);
      PreparedStatement delete = session.statement("DELETE FROM sqs_queue WHERE id = ?");
      delete.setLong(1, queue);
      return delete.executeUpdate();
    });
  }

  /**
   * Takes all messages of a queue out; they are remembered for deduplication.
   *
   * @param purged called in the order of the writes, after those that are purged
   */
  void purge(long queue, Runnable purged) {
    store.write(
        session -> {
          PreparedStatement blank =
              session.statement(BLANK + " WHERE queue = ? AND gone = 0 AND dedup IS NOT NULL");
          blank.setLong(1, queue);
          blank.executeUpdate();
          PreparedStatement delete =
              session.statement("DELETE FROM sqs_message WHERE queue = ? AND dedup IS NULL");
          delete.setLong(1, queue);
          return delete.executeUpdate();
        },
        _ -> purged.run());
  }

  private static int deleteMessages(Session session, long queue) throws SQLException {
    PreparedStatement delete = session.statement("DELETE FROM sqs_message WHERE queue = ?");
    delete.setLong(1, queue);
    return delete.executeUpdate();
  }

  /** Writes messages; the listener gets them, in the order of their sequences over all senders. */
  List<Held> add(long queue, List<Message> messages, Consumer<List<Held>> committed) {
    checkSetAside();
    return store.write(
        session -> {
          List<Held> added = new ArrayList<>(messages.size());
          for (Message message : messages) {
            Held held = new Held(sequences.incrementAndGet(), message);
            insert(session, queue, held);
            added.add(held);
          }
          return added;
        },
        committed);
  }

  /**
   * Moves a message to another queue, where it comes last.
   *
   * @param remember whether it is remembered for deduplication where it was
   */
  void move(
      long sequence,
      boolean remember,
      long toQueue,
      Message message,
      Consumer<List<Held>> committed) {
    checkSetAside();
    store.write(
        session -> {
          remove(session, sequence, remember);
          Held held = new Held(sequences.incrementAndGet(), message);
          insert(session, toQueue, held);
          return List.of(held);
        },
        committed);
  }

  private static void insert(Session session, long queue, Held held) throws SQLException {
    Message message = held.message;
    PreparedStatement insert =
        session.statement(
            "INSERT INTO sqs_message (sequence, queue, gone, sent, visible, id, grp, dedup, body,"
                + " trace, source, attributes) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.setLong(1, held.sequence);
    insert.setLong(2, queue);
    insert.setLong(3, message.sentMillis());
    insert.setLong(4, message.visibleMillis());
    insert.setString(5, message.id());
    set(insert, 6, message.group());
    set(insert, 7, message.deduplicationId());
    insert.setString(8, message.body());
    set(insert, 9, message.trace());
    set(insert, 10, message.deadLetterSource());
    set(
        insert,
        11,
        message.attributes().isEmpty() ? null : MessageJson.write(message.attributes()));
    insert.executeUpdate();
  }

  private static void set(PreparedStatement statement, int index, @Nullable String value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.VARCHAR);
    } else {
      statement.setString(index, value);
    }
  }

  /** Writes down how often messages were received. */
  void keepReceives(List<Queue.Receive> receives) {
    store.write(session -> update(session, receives));
  }

  /** Writes down soon how often messages were received. */
  void keepReceivesLater(List<Queue.Receive> receives) {
    store.writeLater(session -> update(session, receives));
  }

  private static boolean update(Session session, List<Queue.Receive> receives) throws SQLException {
    PreparedStatement update =
        session.statement("UPDATE sqs_message SET receives = ?, received = ? WHERE sequence = ?");
    for (Queue.Receive receive : receives) {
      update.setInt(1, receive.count());
      update.setLong(2, receive.firstMillis());
      update.setLong(3, receive.sequence());
      update.executeUpdate();
    }
    return true;
  }

  /** Deletes soon; of messages that are to be remembered for deduplication only the content. */
  void deleteLater(Collection<Long> sequences, boolean remember) {
    store.writeLater(session -> {
      for (long sequence : sequences) {
        remove(session, sequence, remember);
      }
      return true;
    });
  }

  private static void remove(Session session, long sequence, boolean remember) throws SQLException {
    PreparedStatement remove =
        session.statement((remember ? BLANK : "DELETE FROM sqs_message") + " WHERE sequence = ?");
    remove.setLong(1, sequence);
    remove.executeUpdate();
  }

  /** Forgets soon what was deleted and sent before a time, of the messages up to a number. */
  void forgetLater(long sequence, long sentBeforeMillis) {
    store.writeLater(session -> {
      PreparedStatement delete =
          session.statement(
              "DELETE FROM sqs_message WHERE sequence <= ? AND gone = 1 AND sent < ?");
      delete.setLong(1, sequence);
      delete.setLong(2, sentBeforeMillis);
      return delete.executeUpdate();
    });
  }

  /** The newest sequence number that was given. */
  long lastSequence() {
    return sequences.get();
  }

  List<QueueRow> queues() {
    return store.read(session -> {
      List<QueueRow> rows = new ArrayList<>();
      try (ResultSet row =
          session.statement("SELECT id, name, created, attributes FROM sqs_queue").executeQuery()) {
        while (row.next()) {
          rows.add(
              new QueueRow(
                  row.getLong(1),
                  row.getString(2),
                  row.getLong(3),
                  MessageJson.strings(row.getString(4))));
        }
      }
      return rows;
    });
  }

  /** Reads all messages in their order. */
  void restore(Consumer<MessageRow> each) {
    store.read(session -> {
      try (ResultSet row = session.statement(SELECT + " ORDER BY sequence").executeQuery()) {
        while (row.next()) {
          each.accept(messageRow(row));
        }
      }
      return true;
    });
  }

  /** The message of that sequence number, be it gone or not. */
  Optional<MessageRow> message(long sequence) {
    return store.read(session -> {
      PreparedStatement select = session.statement(SELECT + " WHERE sequence = ?");
      select.setLong(1, sequence);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(messageRow(row)) : Optional.empty();
      }
    });
  }

  private static MessageRow messageRow(ResultSet row) throws SQLException {
    return new MessageRow(
        row.getLong(2),
        row.getLong(1),
        row.getInt(3) != 0,
        message(row),
        row.getInt(13),
        row.getLong(14));
  }

  private static Message message(ResultSet row) throws SQLException {
    String body = row.getString(9);
    return new Message(
        row.getString(6),
        body == null ? "" : body,
        row.getLong(4),
        row.getLong(5),
        row.getString(7),
        row.getString(8),
        row.getString(10),
        row.getString(11),
        MessageJson.attributes(row.getString(12)));
  }
}
