package dev.microcos.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A client's WebSocket (RFC 6455) on a blocking socket: one thread reads whole text messages,
 * another may send. No extensions; pings are answered.
 */
final class WebSocketConnection implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 1 << 20;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Socket socket;
  private final InputStream in;

  private WebSocketConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new ByteInput(socket.getInputStream());
  }

  /** Opens {@code ws://127.0.0.1:port/path?query}; fails with the server's status if refused. */
  static WebSocketConnection open(URI uri, Duration patience) throws IOException {
    WebSocketConnection connection = new WebSocketConnection(HttpConnection.connect(uri, patience));
    connection.shakeHands(uri);
    connection.socket.setSoTimeout(0);
    return connection;
  }

  private void shakeHands(URI uri) throws IOException {
    String request =
        "GET %s?%s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                .formatted(uri.getRawPath(), uri.getRawQuery(), uri.getHost(), uri.getPort())
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = HttpConnection.readLine(in);
    for (String line = status; !line.isEmpty(); line = HttpConnection.readLine(in)) {}
    if (!status.startsWith("HTTP/1.1 101")) {
      close();
      throw new IOException("No WebSocket: " + status);
    }
  }

  /** Sends one text message. */
  void send(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      throw new IllegalArgumentException("A client's message has less than 64 KiB.");
    }
    frame.putInt(0).put(payload); // masked by zero, which RFC 6455 does not forbid
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  /** The next text message as UTF-8 bytes, or null once the socket is closed in good order. */
  byte @Nullable [] receive() throws IOException {
    byte[] message = new byte[0];
    while (true) {
      int first = in.read();
      if (first < 0) {
        throw new EOFException("The server dropped the WebSocket.");
      }
      byte[] payload = readPayload();
      switch (first & 0x0f) {
        case CLOSE -> {
          return null;
        }
        case PING -> send(PONG, payload);
        case PONG -> {}
        default -> message = message.length == 0 ? payload : joined(message, payload);
      }
      if ((first & 0x80) != 0 && (first & 0x0f) < CLOSE) {
        return message;
      }
    }
  }

  private byte[] readPayload() throws IOException {
    int second = in.read();
    long length = second & 0x7f;
    if (length == 126) {
      length = ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xffff;
    } else if (length == 127) {
      length = ByteBuffer.wrap(in.readNBytes(8)).getLong();
    }
    if (second < 0 || (second & 0x80) != 0 || length < 0 || length > LARGEST_MESSAGE) {
      throw new IOException("Not a server's WebSocket frame, or too large: " + length);
    }
    byte[] payload = in.readNBytes((int) length);
    if (payload.length < length) {
      throw new EOFException("The server dropped the WebSocket within a frame.");
    }
    return payload;
  }

  private static byte[] joined(byte[] start, byte[] rest) throws IOException {
    if (start.length + rest.length > LARGEST_MESSAGE) {
      throw new IOException("A WebSocket message of more than " + LARGEST_MESSAGE + " bytes.");
    }
    byte[] whole = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, whole, start.length, rest.length);
    return whole;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
