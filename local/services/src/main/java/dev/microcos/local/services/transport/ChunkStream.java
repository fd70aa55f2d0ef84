package dev.microcos.local.services.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Gathers what is written and hands it on in one piece at each flush. A flush with nothing written
 * hands on an empty piece, so that a silent writer learns whether anybody still reads.
 */
final class ChunkStream extends OutputStream {

  /** Where a chunk goes; an IOException tells the writer that nobody reads any more. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] chunk) throws IOException;
  }

  private static final int FULL = 64 * 1024;

  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private final Sink sink;

  ChunkStream(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void write(int b) throws IOException {
    gathered.write(b);
    flushIfFull();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    gathered.write(bytes, offset, length);
    flushIfFull();
  }

  @Override
  public void flush() throws IOException {
    byte[] chunk = gathered.toByteArray();
    gathered.reset();
    sink.accept(chunk);
  }

  private void flushIfFull() throws IOException {
    if (gathered.size() >= FULL) {
      flush();
    }
  }
}
