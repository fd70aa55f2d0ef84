package dev.microcos.bench;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Opens people a few ahead of their turn, so that nobody waits for it while time is taken. */
final class People implements AutoCloseable {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Endpoint endpoint;
  private final String prefix;
  private final BlockingQueue<Person> waiting;
  private final Thread opener;
  private volatile @Nullable Exception failure;

  /** Begins to open people, {@code ahead} at most before they are asked for. */
  People(Endpoint endpoint, String prefix, int ahead) {
    this.endpoint = endpoint;
    this.prefix = prefix;
    this.waiting = new ArrayBlockingQueue<>(ahead);
    this.opener = Thread.ofVirtual().name("people").start(this::open);
  }

  private void open() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Person person = Person.open(endpoint, prefix + "-" + NAMES.incrementAndGet());
        try {
          waiting.put(person);
        } catch (InterruptedException closed) {
          person.close();
          return;
        }
      }
    } catch (Exception failed) {
      failure = failed;
    }
  }

  /** The next person; fails if none could be opened in time. */
  Person next() throws Exception {
    Person person = waiting.poll(endpoint.patience().toMillis(), TimeUnit.MILLISECONDS);
    if (person == null) {
      throw new IllegalStateException("No person could be opened.", failure);
    }
    return person;
  }

  @Override
  public void close() throws IOException {
    opener.interrupt();
    try {
      opener.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    for (Person person = waiting.poll(); person != null; person = waiting.poll()) {
      person.close();
    }
  }
}
