package dev.microcos.local.services.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes numbers from many threads and prints each that is acknowledged, until it is killed. */
final class KilledProcess {

  private KilledProcess() {}

  /**
   * Starts it on the data folder that is the first argument, from the number that is the second.
   */
  public static void main(String[] arguments) {
    Store store = Store.open(Path.of(arguments[0]));
    store.write(session -> {
      session.execute("CREATE TABLE IF NOT EXISTS number (number INTEGER PRIMARY KEY, pad BLOB)");
      return true;
    });
    AtomicInteger next = new AtomicInteger(Integer.parseInt(arguments[1]));
    for (int i = 0; i < 8; i++) {
      Thread.ofPlatform()
          .start(() -> {
            while (true) {
              int number = next.incrementAndGet();
              store.write(session -> {
                var insert = session.statement("INSERT INTO number VALUES (?, zeroblob(500))");
                insert.setInt(1, number);
                return insert.executeUpdate();
              });
              synchronized (System.out) {
                System.out.println(number);
              }
            }
          });
    }
  }
}
