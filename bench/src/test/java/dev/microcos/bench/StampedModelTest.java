package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StampedModelTest {

  private static String ask(StampedModel model, String request) throws IOException {
    URI url = model.url();
    try (HttpConnection connection = HttpConnection.open(url, Duration.ofSeconds(10))) {
      String path = url.getPath() + "/chat/completions";
      return connection.send(HttpConnection.request("POST", url, path, null, request)).text();
    }
  }

  @Test
  void remembers_when_it_let_each_delta_go() throws Exception {
    try (StampedModel model = new StampedModel()) {
      long before = System.nanoTime();
      String stream = ask(model, "{\"stream\":true,\"messages\":[]}");

      assertThat(stream).contains("\"content\":\"1:0 \"").endsWith("data: [DONE]\n\n");
      assertThat(model.toldAt("1:0 1:1 1:119 1:120").boxed())
          .hasSize(3)
          .isSorted()
          .allMatch(nanos -> nanos >= before && nanos <= System.nanoTime());
      assertThat(model.toldAt("2:0").boxed()).isEmpty();
      assertThat(model.toldAt("another's words").boxed()).isEmpty();
    }
  }

  @Test
  void plans_nothing() throws Exception {
    try (StampedModel model = new StampedModel()) {
      assertThat(ask(model, "{\"messages\":[]}")).contains("\"finish_reason\":\"stop\"");
    }
  }
}
