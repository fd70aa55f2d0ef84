package dev.microcos.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a token and one open socket. A thread of its own reads the frames, notes when each
 * awaited action was delivered, and fails all who wait as soon as the stream has a gap, repeats an
 * event, refuses one, or ends.
 */
final class Person implements AutoCloseable {
  private final Endpoint endpoint;
  private final String token;
  private final WebSocketConnection socket;
  private final Watcher watcher;
  private final Map<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();
  private final CompletableFuture<Long> synced = new CompletableFuture<>();
  private volatile @Nullable HttpConnection pages;
  private volatile boolean closing;
  private volatile @Nullable Exception failure;
  private long seq = -1;

  private Person(Endpoint endpoint, String sub, Watcher watcher) throws IOException {
    this.endpoint = endpoint;
    this.token = endpoint.token(sub);
    this.watcher = watcher;
    this.socket = WebSocketConnection.open(endpoint.socket(token), endpoint.patience());
  }

  /** A person whose socket is open and in step with the log. */
  static Person open(Endpoint endpoint, String sub) throws Exception {
    return open(endpoint, sub, Watcher.NOBODY);
  }

  /** The same, with somebody who sees all tokens and events as they arrive. */
  static Person open(Endpoint endpoint, String sub, Watcher watcher) throws Exception {
    Person person = new Person(endpoint, sub, watcher);
    try {
      Thread.ofVirtual().name("frames of " + sub).start(person::read);
      person.socket.send("{\"action\":\"sync\",\"after\":0}");
      person.await(person.synced);
      return person;
    } catch (Exception failed) {
      person.close();
      throw failed;
    }
  }

  /** A request in this person's name. */
  byte[] request(String method, String path, @Nullable String json) {
    return HttpConnection.request(method, endpoint.base(), path, token, json);
  }

  /** To be called before the post; completes with the {@link System#nanoTime} of the delivery. */
  CompletableFuture<Long> expect(String clientActionId) {
    CompletableFuture<Long> delivery = new CompletableFuture<>();
    awaited.put(clientActionId, delivery);
    Exception cause = failure;
    if (cause != null) {
      delivery.completeExceptionally(cause);
    }
    return delivery;
  }

  /** Waits for a delivery as long as the endpoint may take. */
  long await(CompletableFuture<Long> delivery) throws Exception {
    return delivery.get(endpoint.patience().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Fails with whatever has gone wrong on the socket so far. */
  void check() throws IOException {
    Exception cause = failure;
    if (cause != null) {
      throw new IOException("The socket failed before its time.", cause);
    }
  }

  private void read() {
    try {
      for (byte[] message = socket.receive(); message != null; message = socket.receive()) {
        Frame frame = FrameReader.frame(message);
        take(frame, System.nanoTime());
      }
      throw new IOException("The server closed the WebSocket.");
    } catch (IOException | RuntimeException broken) {
      if (!closing) {
        fail(broken);
      }
    }
  }

  private void fail(Exception cause) {
    failure = cause;
    synced.completeExceptionally(cause);
    awaited.values().forEach(delivery -> delivery.completeExceptionally(cause));
  }

  private void take(Frame frame, long nanos) throws IOException {
    switch (frame) {
      case Frame.Snapshot snapshot -> {
        seq = snapshot.seq();
        synced.complete(nanos);
      }
      case Frame.Commit commit -> {
        if (seq < 0) { // the tail after nothing is as good as a snapshot
          seq = commit.from();
        }
        if (commit.from() != seq) {
          throw new IOException("A frame from " + commit.from() + " where the seq is " + seq);
        }
        deliver(commit.events(), commit.seq(), nanos);
        synced.complete(nanos);
      }
      case Frame.Fetch fetch when seq < 0 -> {
        seq = fetch.seq();
        synced.complete(nanos);
      }
      case Frame.Fetch fetch -> read(fetch.seq());
      case Frame.Token token -> watcher.token(token, nanos);
      case Frame.Other other -> {
        if (other.type().equals("error")) {
          throw new IOException("The server sent an error frame: " + other.detail());
        }
      }
    }
  }

  private void read(long until) throws IOException {
    HttpConnection connection = pages;
    if (connection == null) {
      connection = endpoint.connect();
      pages = connection;
    }
    while (seq < until) {
      HttpReply reply = connection.send(request("GET", "/v1/events?limit=100&after=" + seq, null));
      List<Frame.Event> events = FrameReader.page(reply.body());
      if (reply.status() != 200 || events.isEmpty()) {
        throw new IOException("No events after " + seq + " up to " + until + ": " + reply.text());
      }
      deliver(events, events.getLast().seq(), System.nanoTime());
    }
  }

  private void deliver(List<Frame.Event> events, long until, long nanos) throws IOException {
    for (Frame.Event event : events) {
      if (event.seq() != 0 && event.seq() != seq + 1) {
        throw new IOException("Event " + event.seq() + " came after " + seq);
      }
      seq++;
      deliver(event, nanos);
    }
    if (seq != until) {
      throw new IOException("A frame up to " + until + " ended at " + seq);
    }
  }

  private void deliver(Frame.Event event, long nanos) throws IOException {
    watcher.event(event, nanos);
    switch (event.type()) {
      case "task.created", "user.message" -> {
        CompletableFuture<Long> delivery = awaited.remove(event.clientActionId());
        if (delivery == null) {
          throw new IOException("Delivered twice or never posted: " + event);
        }
        delivery.complete(nanos);
      }
      case "rejected" -> throw new IOException("The server rejected a message: " + event);
      default -> {}
    }
  }

  @Override
  public void close() throws IOException {
    closing = true;
    socket.close();
    HttpConnection open = pages;
    if (open != null) {
      open.close();
    }
  }
}
