package dev.microcos.bench;

import java.io.IOException;
import java.io.InputStream;

/** A buffered stream without locks, for one thread. */
final class ByteInput extends InputStream {
  private final InputStream in;
  private final byte[] buffer = new byte[32 << 10];
  private int next;
  private int end;

  ByteInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return next < end || fill() ? buffer[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next == end && !fill()) {
      return -1;
    }
    int copied = Math.min(length, end - next);
    System.arraycopy(buffer, next, target, offset, copied);
    next += copied;
    return copied;
  }

  private boolean fill() throws IOException {
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    next = 0;
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
