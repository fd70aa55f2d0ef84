package dev.microcos.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The program behind {@code bench/cancel}: how long a model goes on after the run that asked it was
 * cancelled.
 */
public final class Cancels {
  private static final String RUN =
      "{\"workflow\":\"orchestrate\",\"input\":{\"prompt\":\"Talk until I stop you\"}}";
  private static final int WARM_UP = 20;

  private Cancels() {}

  /** Measures as many cancels as the argument says, one after the other, after 20 to warm up. */
  public static void main(String[] arguments) throws Exception {
    int times = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
    try (DataFolder folder = DataFolder.temporary("microcos-cancel");
        TalkingModel model = new TalkingModel();
        RunningServer server =
            RunningServer.spawn(
                new MicroCos(Path.of("").toAbsolutePath(), "", Map.of()).on(model.url()),
                folder.path().resolve("data"),
                folder.path().resolve("log"))) {
      server.awaitHealthy(Duration.ofMinutes(15));
      Distribution _ = cancel(server.endpoint(), model, WARM_UP);
      Distribution measured = cancel(server.endpoint(), model, times);
      System.out.printf(
          "%d cancels: the model is left after %.1f ms (p50), %.1f ms (p99), %.1f ms at most%n",
          measured.count(), measured.p50Millis(), measured.p99Millis(), measured.maxMillis());
    }
  }

  private static Distribution cancel(Endpoint endpoint, TalkingModel model, int times)
      throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    String token = endpoint.token("canceller");
    try (HttpConnection connection = endpoint.connect()) {
      for (int time = 0; time < times; time++) {
        String run = post(connection, endpoint, "/v1/runs", token, RUN);
        long _ = model.asked();
        long began = System.nanoTime();
        String _ = post(connection, endpoint, "/v1/runs/" + run + "/cancel", token, "{}");
        latencies.add(model.left() - began);
      }
    }
    return latencies.distribution();
  }

  /** The run that the answer names. */
  private static String post(
      HttpConnection connection, Endpoint endpoint, String path, String token, String body)
      throws IOException {
    byte[] request = HttpConnection.request("POST", endpoint.base(), path, token, body);
    return Endpoint.json(connection.send(request), 202).path("run_id").asText();
  }
}
