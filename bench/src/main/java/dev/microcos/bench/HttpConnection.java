package dev.microcos.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP/1.1 connection on a socket, for one thread at a time. It does what a load
 * client needs and little more, because it shares the machine with what it measures. Only loopback
 * addresses are let in.
 */
final class HttpConnection implements AutoCloseable {
  private static final int LARGEST_BODY = 64 << 20;
  private static final int LONGEST_LINE = 16 << 10;

  private final URI base;
  private final Duration patience;
  private Socket socket;
  private InputStream in;
  private boolean used;

  private HttpConnection(URI base, Duration patience) throws IOException {
    this.base = base;
    this.patience = patience;
    this.socket = connect(base, patience);
    this.in = new ByteInput(socket.getInputStream());
  }

  /** Connects to the host and port of a loopback address; a read fails after {@code patience}. */
  static HttpConnection open(URI base, Duration patience) throws IOException {
    return new HttpConnection(base, patience);
  }

  /** A connected socket without Nagle's delay. */
  static Socket connect(URI base, Duration patience) throws IOException {
    InetAddress address = InetAddress.getByName(base.getHost());
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException("Only loopback addresses are measured, not " + base);
    }
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) patience.toMillis());
    socket.connect(new InetSocketAddress(address, base.getPort()), (int) patience.toMillis());
    return socket;
  }

  /**
   * Sends a request made by {@link #request} and waits for its whole answer. A server may close a
   * connection between two requests (RFC 9112, 9.3.1): then it is sent once more, on a new one.
   */
  HttpReply send(byte[] request) throws IOException {
    String status;
    try {
      status = statusOf(request);
    } catch (EOFException | SocketException closed) {
      if (!used) {
        throw closed;
      }
      socket.close();
      socket = connect(base, patience);
      in = new ByteInput(socket.getInputStream());
      status = statusOf(request);
    }
    used = true;
    return read(status);
  }

  private String statusOf(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    return readLine();
  }

  /** A request as bytes; the token goes out as a bearer token. */
  static byte[] request(
      String method, URI base, String path, @Nullable String token, @Nullable String json) {
    StringBuilder text = new StringBuilder(1024);
    text.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
    text.append(base.getHost()).append(':').append(base.getPort()).append("\r\n");
    if (token != null) {
      text.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    byte[] body = json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8);
    if (json != null) {
      text.append("Content-Type: application/json\r\nContent-Length: ");
      text.append(body.length).append("\r\n");
    }
    byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private HttpReply read(String status) throws IOException {
    String line = status;
    if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
      throw new IOException("Not an HTTP/1.1 status line: " + line);
    }
    int code = Integer.parseInt(line, 9, 12, 10);
    int length = 0;
    boolean chunked = false;
    for (line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      if (named(line, colon, "content-length")) {
        length = bounded(Integer.parseInt(line.substring(colon + 1).strip()));
      } else if (named(line, colon, "transfer-encoding")) {
        chunked = true;
      }
    }
    return new HttpReply(code, chunked ? readChunks() : readExactly(length));
  }

  private static boolean named(String line, int colon, String name) {
    return colon == name.length() && line.regionMatches(true, 0, name, 0, colon);
  }

  private byte[] readChunks() throws IOException {
    byte[] body = new byte[0];
    while (true) {
      String size = readLine();
      int semicolon = size.indexOf(';');
      int length = Integer.parseInt(semicolon < 0 ? size : size.substring(0, semicolon), 16);
      byte[] chunk = readExactly(bounded(length));
      readLine();
      if (length == 0) {
        return body;
      }
      byte[] longer = new byte[bounded(body.length + length)];
      System.arraycopy(body, 0, longer, 0, body.length);
      System.arraycopy(chunk, 0, longer, body.length, length);
      body = longer;
    }
  }

  private static int bounded(int length) throws IOException {
    if (length < 0 || length > LARGEST_BODY) {
      throw new IOException("A body of " + length + " bytes is more than a load client reads.");
    }
    return length;
  }

  private byte[] readExactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The server closed the connection within a body.");
    }
    return bytes;
  }

  private String readLine() throws IOException {
    return readLine(in);
  }

  /** A line without its end; fails at the end of the stream or when it is absurdly long. */
  static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server closed the connection.");
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("A header line of more than " + LONGEST_LINE + " bytes.");
      }
      line.append((char) next);
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
