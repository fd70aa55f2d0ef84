package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.bench.FakeServer.Fault;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StreamsTest {

  @Test
  void every_token_of_every_answer_is_timed() throws Exception {
    try (FakeServer server = new FakeServer(Fault.NONE)) {
      long told = System.nanoTime();
      Round.StreamResult result = Streams.run(server.endpoint(), 4, _ -> LongStream.of(told));

      assertThat(result.answers()).isEqualTo(12);
      assertThat(result.framesPerAnswer()).isEqualTo(3);
      assertThat(result.firstToken().count()).isEqualTo(12);
      assertThat(result.afterFirstDelta().count()).isEqualTo(12);
      assertThat(result.afterFirstDelta().p50Millis()).isPositive();
      assertThat(result.afterDelta().count()).isEqualTo(36);
      assertThat(result.betweenTokens().count()).isEqualTo(24);
      assertThat(result.whole().count()).isEqualTo(12);
    }
  }

  @Test
  void a_lost_token_ends_the_run() throws Exception {
    try (FakeServer server = new FakeServer(Fault.LOSE_FRAME)) {
      assertThatThrownBy(() -> Streams.run(server.endpoint(), 1, _ -> LongStream.empty()))
          .hasStackTraceContaining("Token 2 came after 0");
    }
  }
}
