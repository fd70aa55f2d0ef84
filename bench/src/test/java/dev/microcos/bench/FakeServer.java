package dev.microcos.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server in memory of the contract's shape, as wrong as a test wants it. */
final class FakeServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it does wrong with the third event of each person. */
  enum Fault {
    NONE,
    LOSE_FRAME,
    SEND_TWICE,
    SKIP_A_SEQ,
    REJECT,
    REFUSE,
    DROP_SOCKET,
    ONLY_FETCH,
    SPLIT_FRAME
  }

  private static final class Log {
    final List<ObjectNode> events = new ArrayList<>();
    final List<OutputStream> sockets = new ArrayList<>();
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Map<String, Log> logs = new ConcurrentHashMap<>();
  private final List<Socket> connections = new ArrayList<>();
  private final Fault fault;

  FakeServer(Fault fault) throws IOException {
    this.fault = fault;
    Thread.ofVirtual().start(this::accept);
  }

  Endpoint endpoint() {
    URI base = URI.create("http://127.0.0.1:" + server.getLocalPort());
    return new Endpoint(base, base, Duration.ofMillis(500));
  }

  int events(String sub) {
    Log log = log(sub);
    synchronized (log) {
      return log.events.size();
    }
  }

  private Log log(String name) {
    return logs.computeIfAbsent(name, sub -> new Log());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        synchronized (connections) {
          connections.add(socket);
        }
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new ByteInput(socket.getInputStream())) {
      OutputStream out = socket.getOutputStream();
      for (String line = HttpConnection.readLine(in); ; line = HttpConnection.readLine(in)) {
        String[] request = line.split(" ", -1);
        int length = 0;
        String token = "";
        for (String header = HttpConnection.readLine(in);
            !header.isEmpty();
            header = HttpConnection.readLine(in)) {
          if (header.startsWith("Content-Length: ")) {
            length = Integer.parseInt(header.substring(16));
          } else if (header.startsWith("Authorization: Bearer ")) {
            token = header.substring(22);
          }
        }
        byte[] body = in.readNBytes(length);
        if (request[1].startsWith("/ws")) {
          watch(request[1].substring(request[1].indexOf('=') + 1), out);
        } else if (length > 0 || request[0].equals("GET")) {
          answer(request[1], token, body, out);
        }
      }
    } catch (IOException gone) {
      // So is the client.
    }
  }

  private void watch(String sub, OutputStream out) throws IOException {
    out.write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    Log log = log(sub);
    synchronized (log) {
      send(out, "{\"type\":\"snapshot\",\"seq\":%d}".formatted(log.events.size()));
      log.sockets.add(out);
    }
  }

  private void answer(String path, String token, byte[] body, OutputStream out) throws IOException {
    switch (path.replaceAll("\\?.*", "")) {
      case "/health" -> reply(out, 200, "{}");
      case "/_local/token" ->
          reply(out, 200, "{\"token\":%s}".formatted(JSON.readTree(body).path("sub")));
      case "/v1/socket-tickets" ->
          reply(
              out,
              200,
              "{\"ticket\":\"%s\",\"url\":\"ws://127.0.0.1:%d/ws?ticket=%s\"}"
                  .formatted(token, server.getLocalPort(), token));
      case "/v1/events" -> events(path, log(token), out);
      case "/v1/messages" -> converse(log(token), JSON.readTree(body), out);
      default -> create(log(token), JSON.readTree(body), out);
    }
  }

  private void events(String path, Log log, OutputStream out) throws IOException {
    int after = Integer.parseInt(path.replaceAll(".*after=", ""));
    ArrayNode page = JSON.createArrayNode();
    synchronized (log) {
      log.events.subList(after, log.events.size()).forEach(page::add);
    }
    reply(out, 200, "{\"events\":%s}".formatted(page));
  }

  private void create(Log log, JsonNode body, OutputStream out) throws IOException {
    synchronized (log) {
      int seq = log.events.size() + 1;
      boolean wrong = seq == 3;
      if (wrong && fault == Fault.REFUSE) {
        reply(out, 429, "{\"title\":\"Too fast\"}");
        return;
      }
      ObjectNode event = JSON.createObjectNode();
      event.put("seq", seq).put("client_action_id", body.path("client_action_id").asText());
      event.put("type", wrong && fault == Fault.REJECT ? "rejected" : "task.created");
      log.events.add(event);
      for (OutputStream socket : log.sockets) {
        push(socket, event, seq, wrong ? fault : Fault.NONE);
      }
    }
    reply(out, 202, "{\"status\":\"accepted\"}");
  }

  private void converse(Log log, JsonNode body, OutputStream out) throws IOException {
    synchronized (log) {
      String operation = "op_" + log.events.size();
      append(log, "user.message", operation)
          .put("client_action_id", body.path("client_action_id").asText());
      pushLast(log);
      reply(out, 202, "{\"operation_id\":\"%s\"}".formatted(operation));
      for (int index = 0; index < 3; index++) {
        if (index != 1 || fault != Fault.LOSE_FRAME) {
          for (OutputStream socket : log.sockets) {
            send(
                socket,
                "{\"type\":\"llm.token\",\"operation_id\":\"%s\",\"index\":%d,\"text\":\"well \"}"
                    .formatted(operation, index));
          }
        }
      }
      append(log, "assistant.message", operation);
      pushLast(log);
    }
  }

  private static ObjectNode append(Log log, String type, String operation) {
    ObjectNode event = JSON.createObjectNode();
    event.put("seq", log.events.size() + 1).put("type", type).put("operation_id", operation);
    log.events.add(event);
    return event;
  }

  private static void pushLast(Log log) throws IOException {
    for (OutputStream socket : log.sockets) {
      push(socket, log.events.getLast(), log.events.size(), Fault.NONE);
    }
  }

  private static void push(OutputStream socket, ObjectNode event, int seq, Fault fault)
      throws IOException {
    int from = fault == Fault.SKIP_A_SEQ ? seq : seq - 1;
    String frame =
        "{\"type\":\"commit\",\"from\":%d,\"seq\":%d,\"events\":[%s],\"patch\":{\"a\":[{}]}}"
            .formatted(from, seq, event);
    switch (fault) {
      case LOSE_FRAME -> {}
      case SEND_TWICE -> {
        send(socket, frame);
        send(socket, frame);
      }
      case DROP_SOCKET -> socket.close();
      case ONLY_FETCH ->
          send(socket, "{\"type\":\"commit\",\"seq\":%d,\"fetch\":true}".formatted(seq));
      case SPLIT_FRAME -> {
        byte[] text = frame.getBytes(StandardCharsets.UTF_8);
        frame(socket, 0x01, java.util.Arrays.copyOf(text, 5));
        frame(socket, 0x89, new byte[] {1});
        frame(socket, 0x80, java.util.Arrays.copyOfRange(text, 5, text.length));
      }
      default -> send(socket, frame);
    }
  }

  private static void send(OutputStream socket, String text) throws IOException {
    frame(socket, 0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void frame(OutputStream socket, int first, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else {
      frame.write(126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(payload);
    socket.write(frame.toByteArray());
  }

  private static void reply(OutputStream out, int status, String json) throws IOException {
    String text =
        "HTTP/1.1 %d Something\r\ncontent-length: %d\r\n\r\n%s"
            .formatted(status, json.length(), json);
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    try {
      server.close();
      synchronized (connections) {
        for (Socket connection : connections) {
          connection.close();
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
