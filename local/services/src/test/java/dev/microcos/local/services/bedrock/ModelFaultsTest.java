package dev.microcos.local.services.bedrock;

import static dev.microcos.local.services.bedrock.BedrockFixture.LLAMA;
import static dev.microcos.local.services.bedrock.BedrockFixture.text;
import static dev.microcos.local.services.bedrock.BedrockFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microcos.local.services.bedrock.model.BedrockFault;
import dev.microcos.local.services.bedrock.model.ModelBackend;
import dev.microcos.local.services.bedrock.model.ModelFaults;
import dev.microcos.local.services.bedrock.model.ModelStream;
import dev.microcos.local.services.bedrock.model.Pace;
import dev.microcos.local.services.bedrock.model.Prompt;
import dev.microcos.local.services.bedrock.offline.OfflineModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

class ModelFaultsTest {

  private final Watched model = new Watched();
  private final BedrockFixture bedrock = new BedrockFixture(model, Map.of());

  @AfterEach
  void close() {
    bedrock.close();
  }

  @Test
  void the_first_calls_are_throttled_and_then_one_passes() throws Exception {
    fault("{\"fail_first\":2}");

    assertThatThrownBy(() -> bedrock.ask("2+2")).isInstanceOf(ThrottlingException.class);
    assertThatThrownBy(this::stream).cause().isInstanceOf(ThrottlingException.class);
    assertThat(text(stream())).isEqualTo("2+2 = **4**");
  }

  @Test
  void a_stream_is_cut_without_a_message_stop() throws Exception {
    fault("{\"cut_after\":2}");

    List<ConverseStreamOutput> events = stream();

    assertThat(text(events)).isEqualTo("2+2 =");
    assertThat(events).noneMatch(MessageStopEvent.class::isInstance);
  }

  @Test
  void a_script_answers_in_turn_and_its_last_line_stays() throws Exception {
    fault(
        "{\"script\":[\"One.\",{\"tool_use\":{\"name\":\"find\",\"input\":{\"a\":1}}},\"Three.\"]}");

    assertThat(text(stream())).isEqualTo("One.");
    assertThat(
            bedrock
                .client
                .converse(request -> request.modelId(LLAMA).messages(user("Hi")))
                .output()
                .message()
                .content()
                .getFirst()
                .toolUse()
                .name())
        .isEqualTo("find");
    assertThat(text(stream())).isEqualTo("Three.");
    assertThat(bedrock.ask("Hi")).isEqualTo("Three.");
  }

  @Test
  void each_token_is_late() throws Exception {
    fault("{\"delay_ms\":30,\"script\":\"one two three four five\"}");
    long began = System.nanoTime();

    assertThat(text(stream())).isEqualTo("one two three four five");

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(140));
  }

  @Test
  void a_silence_ends_when_it_is_switched_off() throws Exception {
    fault("{\"silent\":true}");
    CompletableFuture<List<ConverseStreamOutput>> answer =
        CompletableFuture.supplyAsync(() -> {
          try {
            return stream();
          } catch (Exception failure) {
            throw new IllegalStateException(failure);
          }
        });
    assertThat(model.opened.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(answer).isNotDone();

    bedrock.faults.set(ModelFaults.NONE);

    assertThat(text(answer.get(10, TimeUnit.SECONDS))).isEqualTo("2+2 = **4**");
  }

  @Test
  void a_silent_model_is_stopped_when_nobody_listens_any_more() throws Exception {
    fault("{\"silent\":true}");
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> call =
        bedrock.streams.converseStream(
            request -> request.modelId(LLAMA).messages(user("2+2")),
            ConverseStreamResponseHandler.builder().subscriber(e -> begun.countDown()).build());
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    call.cancel(true);

    assertThat(model.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_fault_that_does_not_exist_is_refused_by_name() {
    assertThatThrownBy(() -> fault("{\"lie\":true}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lie");
    assertThatThrownBy(() -> fault("{\"cut_after\":-1}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cut_after");
    assertThatThrownBy(() -> fault("{\"delay_ms\":\"soon\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("delay_ms");
  }

  private void fault(String json) throws Exception {
    bedrock.faults.set(ModelFaults.parse(new ObjectMapper().readTree(json)));
  }

  private List<ConverseStreamOutput> stream() throws Exception {
    return bedrock.stream(request -> request.modelId(LLAMA).messages(user("2+2")));
  }

  /** The offline model, with a latch for its streams' beginning and end. */
  private static final class Watched implements ModelBackend {
    private final ModelBackend model = new OfflineModel(Pace.AT_ONCE);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public String name() {
      return model.name();
    }

    @Override
    public ModelStream open(Prompt prompt, Delivery delivery)
        throws BedrockFault, InterruptedException {
      ModelStream stream = model.open(prompt, delivery);
      opened.countDown();
      return new ModelStream() {
        @Override
        public Part next(Duration patience) throws BedrockFault, InterruptedException {
          return stream.next(patience);
        }

        @Override
        public void close() {
          closed.countDown();
        }
      };
    }
  }
}
