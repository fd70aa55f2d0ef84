package dev.microcos.local.services.apigateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One socket. Messages are handed over one after the other on the socket's own virtual thread, and
 * the next frame is read when the integration is done. Posts leave at once, in the order of the
 * calls; a client that does not read is cut off when a megabyte waits for it.
 */
final class SocketConnection implements FrameHandler {

  /** A message's largest size in bytes, in both directions. */
  static final int LARGEST_MESSAGE = 128 * 1024;

  /** A frame's largest payload in bytes, in both directions. */
  static final int LARGEST_FRAME = 32 * 1024;

  private static final long MOST_WAITING = 1024 * 1024;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final SocketApi api;
  private final SocketPeer peer;
  private final ReentrantLock sending = new ReentrantLock();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicBoolean left = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable CoreSession session;
  private volatile Instant lastActiveAt;
  private MessageBuffer incoming = new MessageBuffer(LARGEST_MESSAGE);

  SocketConnection(SocketApi api, SocketPeer peer) {
    this.api = api;
    this.peer = peer;
    this.lastActiveAt = peer.connectedAt();
  }

  /** What became of a post. */
  enum Post {
    SENT,
    GONE,
    TOO_LARGE
  }

  SocketPeer peer() {
    return peer;
  }

  Instant lastActiveAt() {
    return lastActiveAt;
  }

  OpenConnection view() {
    return new OpenConnection(
        peer.connectionId(),
        peer.principal(),
        peer.sourceIp(),
        peer.userAgent(),
        peer.connectedAt(),
        lastActiveAt,
        waiting.get());
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    api.opened(this);
    callback.succeeded();
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    CoreSession current = session;
    if (current == null) {
      callback.failed(new IllegalStateException("a frame before the opening"));
      return;
    }
    lastActiveAt = api.now();
    switch (frame.getOpCode()) {
      case OpCode.CLOSE -> callback.succeeded(); // Jetty answers the close frame
      case OpCode.PING -> {
        byte[] payload = bytes(frame);
        callback.succeeded();
        current.sendFrame(new Frame(OpCode.PONG, ByteBuffer.wrap(payload)), Callback.NOOP, false);
        current.demand();
      }
      case OpCode.PONG -> {
        callback.succeeded();
        current.demand();
      }
      default -> {
        boolean fits = incoming.add(frame);
        boolean whole = frame.isFin();
        callback.succeeded();
        if (!fits) {
          close(CloseStatus.MESSAGE_TOO_LARGE, "Message too large");
        } else if (whole) {
          receive(incoming);
        }
        current.demand();
      }
    }
  }

  private void receive(MessageBuffer message) {
    byte[] payload = message.bytes();
    boolean text = message.isText();
    incoming = new MessageBuffer(LARGEST_MESSAGE);
    if (!text) {
      api.message(this, Base64.getEncoder().encodeToString(payload), true);
      return;
    }
    String body;
    try {
      body = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      close(CloseStatus.BAD_PAYLOAD, "Not UTF-8");
      return;
    }
    api.message(this, body, false);
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded(); // onClosed follows
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    leave();
  }

  /** The socket is gone, or its upgrade failed; only the first call counts. */
  void leave() {
    if (left.compareAndSet(false, true)) {
      api.left(this);
      closed.countDown();
    }
  }

  /**
   * Sends one text message; a larger one leaves in several frames. Does not wait for the client.
   */
  Post send(byte[] data) {
    if (data.length > LARGEST_MESSAGE) {
      return Post.TOO_LARGE;
    }
    CoreSession current = session;
    if (current == null || left.get() || !current.isOutputOpen()) {
      return Post.GONE;
    }
    if (waiting.addAndGet(data.length) > MOST_WAITING) {
      current.abort();
      return Post.GONE;
    }
    lastActiveAt = api.now();
    Callback written = Callback.from(() -> waiting.addAndGet(-data.length));
    sending.lock();
    try {
      int from = 0;
      byte opCode = OpCode.TEXT;
      while (data.length - from > LARGEST_FRAME) {
        ByteBuffer part = ByteBuffer.wrap(data, from, LARGEST_FRAME);
        current.sendFrame(new Frame(opCode, false, part), Callback.NOOP, false);
        opCode = OpCode.CONTINUATION;
        from += LARGEST_FRAME;
      }
      ByteBuffer rest = ByteBuffer.wrap(data, from, data.length - from);
      current.sendFrame(new Frame(opCode, true, rest), written, false);
    } finally {
      sending.unlock();
    }
    return Post.SENT;
  }

  /**
   * Closes the socket; a client that does not answer the close frame within two seconds is cut off.
   */
  void close(int code, String reason) {
    CoreSession current = session;
    if (current != null) {
      current.close(code, reason, Callback.NOOP);
      Thread.ofVirtual().name("socket-close").start(() -> cutOff(current));
    }
  }

  private void cutOff(CoreSession current) {
    try {
      if (!awaitClosed(LONGEST_CLOSE)) {
        current.abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean awaitClosed(Duration limit) throws InterruptedException {
    return closed.await(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS);
  }

  private static byte[] bytes(Frame frame) {
    byte[] bytes = new byte[frame.getPayloadLength()];
    if (frame.getPayload() != null) {
      frame.getPayload().slice().get(bytes);
    }
    return bytes;
  }
}
