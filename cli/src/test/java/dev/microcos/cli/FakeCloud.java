package dev.microcos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers as the contract says, from a script: the texts of frames that follow a
 * message.
 */
final class FakeCloud implements AutoCloseable {
  static final String OPERATION = "op_1";

  /** What was asked, as method, path and query. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private final Javalin server;
  private final List<String> script;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final AtomicInteger played = new AtomicInteger();

  private record Reply(int status, String body) {}

  /** The bodies that were posted, by path; the newest of each. */
  final Map<String, JsonNode> posted = new ConcurrentHashMap<>();

  private @Nullable WsContext synced;
  private boolean asking;

  /** Starts it. The word {@code CLOSE} in the script breaks the socket. */
  FakeCloud(String... script) {
    this.script = List.of(script);
    this.server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.routes.before(context ->
                      asked.add(
                          context.method()
                              + " "
                              + context.fullUrl().replaceAll("^http://[^/]*", "")));
                  config.routes.get("/health", context -> context.result("{}"));
                  config.routes.post(
                      "/_local/token",
                      context ->
                          context.result(
                              "{\"token\":\"t-"
                                  + Json.text(Json.read(context.body()), "sub")
                                  + "\"}"));
                  config.routes.post("/v1/socket-tickets", this::ticket);
                  config.routes.post("/v1/messages", this::message);
                  config.routes.get("/v1/*", this::get);
                  config.routes.post("/v1/*", this::post);
                  config.routes.ws(
                      "/ws",
                      socket -> {
                        socket.onMessage(context -> {
                          JsonNode frame = Json.read(context.message());
                          if (Json.text(frame, "action").equals("sync")) {
                            asked.add("sync " + frame.path("after").asLong());
                            context.send(
                                "{\"type\":\"commit\",\"from\":0,\"seq\":7,\"events\":[],\"patch\":{}}");
                            onSync(context);
                          } else {
                            asked.add(Json.line(frame));
                            onMessage();
                          }
                        });
                      });
                })
            .start("127.0.0.1", 0);
  }

  private synchronized void onSync(WsContext socket) {
    synced = socket;
    play();
  }

  private synchronized void onMessage() {
    asking = true;
    play();
  }

  /** Once a message was posted and a socket is there, whichever came first. */
  private void play() {
    WsContext socket = synced;
    while (socket != null && asking && played.get() < script.size()) {
      String frame = script.get(played.getAndIncrement());
      if (frame.equals("CLOSE")) {
        synced = null;
        socket.closeSession(1012, "restart");
        return;
      }
      socket.send(frame);
    }
  }

  /** Answers a GET of this path and query. */
  FakeCloud answering(String path, String body) {
    answers.put(path, body);
    return this;
  }

  /** Answers a POST to this path, with its query. */
  FakeCloud answering(int status, String path, String body) {
    replies.put(path, new Reply(status, body));
    return this;
  }

  /** Says in a data folder that it runs. */
  Path dataFolder(Path folder) {
    try {
      Files.writeString(
          folder.resolve("running.json"),
          "{\"pid\":%d,\"port\":%d,\"admin_port\":%d,\"aws_port\":1}"
              .formatted(ProcessHandle.current().pid(), server.port(), server.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private void ticket(Context context) {
    context.result("{\"ticket\":\"a b\",\"url\":\"ws://127.0.0.1:" + server.port() + "/ws\"}");
  }

  private void message(Context context) {
    String text = Json.text(Json.read(context.body()), "text");
    if (text.equals("too fast")) {
      context.status(429).header("Retry-After", "7").contentType("application/problem+json");
      context.result("{\"title\":\"Too many\",\"detail\":\"At most 60 messages a minute.\"}");
      return;
    }
    context.status(202);
    context.result("{\"event_id\":\"evt_1\",\"operation_id\":\"" + OPERATION + "\"}");
    onMessage();
  }

  private static String asked(Context context) {
    return context.path() + (context.queryString() == null ? "" : "?" + context.queryString());
  }

  private void post(Context context) {
    posted.put(context.path(), Json.read(context.body()));
    Reply reply = replies.getOrDefault(asked(context), new Reply(404, "{\"title\":\"Not found\"}"));
    context.status(reply.status()).result(reply.body());
  }

  private void get(Context context) {
    String answer = answers.get(asked(context));
    if (answer == null) {
      context.status(404).result("{\"title\":\"Not found\"}");
    } else {
      context.result(answer);
    }
  }

  /** A frame with a piece of the answer. */
  static String token(int attempt, int index, String text) {
    return "{\"type\":\"llm.token\",\"operation_id\":\"%s\",\"attempt\":%d,\"index\":%d,\"text\":\"%s\"}"
        .formatted(OPERATION, attempt, index, text);
  }

  /** A frame with the event that ends the answer. */
  static String end(String type, String payload) {
    return "{\"type\":\"commit\",\"from\":8,\"seq\":9,\"patch\":{},\"events\":[{\"seq\":9,\"type\":\"%s\",\"operation_id\":\"%s\",\"payload\":%s}]}"
        .formatted(type, OPERATION, payload);
  }

  @Override
  public void close() {
    server.stop();
  }
}
