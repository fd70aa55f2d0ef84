package dev.microcos.local.services.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** What a writer on a virtual thread writes, as an input stream; closing it stops the writer. */
final class StreamedInput extends InputStream {

  /** A chunk to read, or the end: of itself (no failure) or by one. */
  private record Part(byte[] chunk, boolean last, @Nullable Throwable failure) {}

  private static final byte[] NOTHING = new byte[0];

  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private volatile boolean closed;
  private Part current = new Part(NOTHING, false, null);
  private int position;

  private StreamedInput() {}

  static StreamedInput of(AwsResponse.Writer writer) {
    StreamedInput input = new StreamedInput();
    Thread.ofVirtual().name("streamed-response").start(() -> input.run(writer));
    return input;
  }

  private void run(AwsResponse.Writer writer) {
    try (ChunkStream out = new ChunkStream(this::offer)) {
      writer.writeTo(out);
      out.flush();
      parts.add(new Part(NOTHING, true, null));
    } catch (IOException | RuntimeException failure) {
      parts.add(new Part(NOTHING, true, failure));
    }
  }

  private void offer(byte[] chunk) throws IOException {
    if (closed) {
      throw new IOException("the receiver has left");
    }
    parts.add(new Part(chunk, false, null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == current.chunk().length) {
      if (current.last()) {
        if (current.failure() != null) {
          throw new IOException("the response was cut", current.failure());
        }
        return -1;
      }
      current = next();
      position = 0;
    }
    int count = Math.min(length, current.chunk().length - position);
    System.arraycopy(current.chunk(), position, target, offset, count);
    position += count;
    return count;
  }

  private Part next() throws IOException {
    try {
      return parts.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the response", e);
    }
  }

  @Override
  public int available() {
    return current.chunk().length - position;
  }

  @Override
  public void close() {
    closed = true;
  }
}
