package dev.microcos.local.services.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {

  @TempDir Path folder = Path.of("");
  private Notes notes;

  /** A store with one table of numbered notes. */
  private final class Notes {
    Store store = Store.open(folder);

    Notes() {
      store.write(session -> {
        session.execute("CREATE TABLE IF NOT EXISTS note (number INTEGER PRIMARY KEY, text TEXT)");
        return true;
      });
    }

    Work<Integer> adding(int number, String text) {
      return session -> {
        var insert = session.statement("INSERT INTO note VALUES (?, ?)");
        insert.setInt(1, number);
        insert.setString(2, text);
        return insert.executeUpdate();
      };
    }

    List<Integer> all() {
      return store.read(session -> {
        List<Integer> numbers = new ArrayList<>();
        try (var row =
            session.statement("SELECT number FROM note ORDER BY number").executeQuery()) {
          while (row.next()) {
            numbers.add(row.getInt(1));
          }
        }
        return numbers;
      });
    }
  }

  @BeforeEach
  void open() {
    notes = new Notes();
  }

  @AfterEach
  void close() {
    notes.store.close();
  }

  @Nested
  class A_write {

    @Test
    void is_read_by_everybody_when_it_returns() {
      notes.store.write(notes.adding(1, "one"));
      assertThat(notes.all()).containsExactly(1);
    }

    @Test
    void that_fails_leaves_nothing_and_harms_nobody() throws Exception {
      notes.store.write(notes.adding(1, "one"));
      Work<Integer> half =
          session -> {
            int _ = notes.adding(2, "two").run(session);
            return notes.adding(1, "again").run(session);
          };
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Integer>> others = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
          Work<Integer> other = notes.adding(i, "other");
          others.add(threads.submit(() -> notes.store.write(other)));
        }
        assertThatThrownBy(() -> notes.store.write(half))
            .isInstanceOf(StoreException.class)
            .hasCauseInstanceOf(SQLException.class);
        for (Future<Integer> other : others) {
          assertThat(other.get()).isEqualTo(1);
        }
      }
      assertThat(notes.all()).hasSize(21).contains(1, 10, 29).doesNotContain(2);
    }

    @Test
    void that_refuses_hands_its_own_exception_to_the_caller() {
      IllegalStateException refusal = new IllegalStateException("no");
      assertThatThrownBy(() ->
              notes.store.write(session -> {
                throw refusal;
              }))
          .isSameAs(refusal);
    }

    @Test
    void is_told_in_the_order_of_the_commits() throws Exception {
      List<Integer> told = new ArrayList<>();
      List<Integer> ran = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 200; i++) {
          int number = i;
          Future<?> _ =
              threads.submit(() ->
                  notes.store.write(
                      session -> {
                        ran.add(number);
                        return number;
                      },
                      told::add));
        }
      }
      assertThat(told).hasSize(200).isEqualTo(ran);
    }

    @Test
    void shares_its_sync_with_those_that_wait_beside_it() throws Exception {
      long before = notes.store.syncs();
      CountDownLatch all = new CountDownLatch(64);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 64; i++) {
          Work<Integer> work = notes.adding(i, "side by side");
          Future<?> _ =
              threads.submit(() -> {
                all.countDown();
                all.await();
                return notes.store.write(work);
              });
        }
      }
      assertThat(notes.all()).hasSize(64);
      assertThat(notes.store.syncs() - before).isLessThan(64);
    }
  }

  @Nested
  class A_write_that_nobody_waits_for {

    @Test
    void rides_along_with_the_next_one() {
      long before = notes.store.syncs();
      notes.store.writeLater(notes.adding(1, "lazy"));
      notes.store.write(notes.adding(2, "awaited"));
      assertThat(notes.all()).containsExactly(1, 2);
      assertThat(notes.store.syncs() - before).isEqualTo(1);
    }

    @Test
    void is_written_soon_all_the_same() {
      notes.store.writeLater(notes.adding(1, "lazy"));
      await().until(() -> notes.all().equals(List.of(1)));
    }

    @Test
    void is_written_before_the_store_closes() {
      notes.store.writeLater(notes.adding(1, "lazy"));
      notes.store.close();
      notes = new Notes();
      assertThat(notes.all()).containsExactly(1);
    }

    @Test
    void does_not_harm_others_when_it_fails() {
      notes.store.write(notes.adding(1, "one"));
      notes.store.writeLater(notes.adding(1, "again"));
      notes.store.write(notes.adding(2, "two"));
      assertThat(notes.all()).containsExactly(1, 2);
    }
  }

  @Test
  void a_folder_has_room_for_one() {
    assertThatThrownBy(() -> Store.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another process uses the data folder");
  }

  @Test
  void what_was_deleted_is_on_the_disk_no_more_after_a_scrub() throws Exception {
    String secret = "a-word-that-stands-nowhere-else";
    notes.store.write(notes.adding(1, secret));
    assertThat(isOnDisk(secret)).isTrue();
    notes.store.write(session -> session.statement("DELETE FROM note").executeUpdate());
    notes.store.scrub();
    assertThat(isOnDisk(secret)).isFalse();
  }

  private boolean isOnDisk(String text) throws Exception {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          return true;
        }
      }
    }
    return false;
  }
}
