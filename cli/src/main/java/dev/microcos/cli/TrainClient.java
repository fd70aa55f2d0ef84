package dev.microcos.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls the commands that ask and print, of a server that has little to say. What the JVM keeps of
 * this is small, so it is mapped faster than what it keeps of a whole cloud.
 */
final class TrainClient {
  private static final String RUN = "run_00000000-0000-7000-8000-000000000000";
  private static final String ANSWER =
      """
      {"token":"t","seq":1,"hash":"0","status":"completed","workflow":"w","title":"t",
       "state":{"messages":{"m":{"role":"user","text":"x","status":"complete","seq":1}},
                "tasks":{"t":{"title":"x","status":"open"}}},
       "steps":{"s":{"name":"x","order":1,"status":"completed","duration_ms":5}},
       "workflows":{"w":{"title":"t","input_schema":{"type":"object","properties":{"a":{"type":"string"}}}}},
       "runs":[{"run_id":"%s","workflow":"w","title":"t","status":"completed"}],
       "run_id":"%s",
       "events":[{"seq":1,"event_id":"evt_1","type":"run.completed","timestamp":"0","payload":{}}]}
      """
          .formatted(RUN, RUN);

  private TrainClient() {}

  static void round() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", TrainClient::answer);
    server.start();
    Path folder = Files.createTempDirectory("microcos-train");
    try {
      int port = server.getAddress().getPort();
      Files.writeString(
          folder.resolve(DataFolder.RUNNING),
          Json.line(
              Json.object()
                  .put("pid", ProcessHandle.current().pid())
                  .put("port", port)
                  .put("admin_port", port)
                  .put("aws_port", port)));
      for (List<String> command :
          List.of(
              List.of("state"),
              List.of("events"),
              List.of("runs"),
              List.of("show", RUN),
              List.of("run", "w", "a=b", "--watch"),
              List.of("workflows", "--json"),
              List.of("no-such-command"))) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--data=" + folder);
        int _ = Microcos.run(arguments.toArray(String[]::new));
      }
    } finally {
      server.stop(0);
      Reset.delete(folder);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean more = exchange.getRequestURI().toString().contains("after=1");
      byte[] body = (more ? "{}" : ANSWER).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
