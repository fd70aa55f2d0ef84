package dev.microcos.local.services.bedrock;

import static dev.microcos.local.services.bedrock.BedrockFixture.LLAMA;
import static dev.microcos.local.services.bedrock.BedrockFixture.assistant;
import static dev.microcos.local.services.bedrock.BedrockFixture.text;
import static dev.microcos.local.services.bedrock.BedrockFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ModelStreamErrorException;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;

class ModelServerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HI = "{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}";
  private static final String THERE = "{\"choices\":[{\"delta\":{\"content\":\" there\"}}]}";
  private static final String STOP = "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";
  private static final String USAGE =
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":2}}";

  private final FakeModelServer server;
  private final BedrockFixture bedrock;

  ModelServerTest() throws IOException {
    server = new FakeModelServer();
    bedrock = at(server.url(), "llama3.2");
  }

  private static BedrockFixture at(String url, String model) {
    Map<String, String> environment =
        Map.of(
            "MICROCOS_MODEL_URL", url,
            "MICROCOS_MODEL_KEY", "secret",
            "MICROCOS_BIG_MODEL", model);
    return new BedrockFixture(LocalModels.from(environment), environment);
  }

  @AfterEach
  void close() {
    bedrock.close();
    server.close();
  }

  @Nested
  class A_stream {

    @Test
    void carries_each_delta_and_the_usage() throws Exception {
      server.streams(HI, THERE, STOP, USAGE, "[DONE]");

      List<ConverseStreamOutput> events = ask();

      assertThat(text(events)).isEqualTo("Hi there");
      assertThat(events).hasSize(6);
      assertThat(((MessageStopEvent) events.get(4)).stopReason()).isEqualTo(StopReason.END_TURN);
      var metadata = (ConverseStreamMetadataEvent) events.getLast();
      assertThat(metadata.usage().inputTokens()).isEqualTo(11);
      assertThat(metadata.usage().outputTokens()).isEqualTo(2);
    }

    @Test
    void asks_in_the_servers_form() throws Exception {
      server.streams(HI, STOP, "[DONE]");

      bedrock.stream(request ->
          request
              .modelId("llama3.2")
              .system(SystemContentBlock.fromText("Be calm."))
              .messages(user("One"), assistant("Two"), user("Three"))
              .inferenceConfig(
                  config -> config.maxTokens(99).temperature(0.5f).stopSequences("END")));

      assertThat(server.keys.take()).isEqualTo("Bearer secret");
      assertThat(JSON.readTree(server.asked.take()))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"model":"llama3.2",
                   "messages":[{"role":"system","content":"Be calm."},
                     {"role":"user","content":"One"},{"role":"assistant","content":"Two"},
                     {"role":"user","content":"Three"}],
                   "max_tokens":99,"temperature":0.5,"stop":["END"],
                   "stream":true,"stream_options":{"include_usage":true}}\
                  """));
    }

    @Test
    void carries_a_tool_call_in_pieces() throws Exception {
      server.streams(
          "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"find\",\"arguments\":\"{\\\"a\\\"\"}}]}}]}",
          "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}}]}",
          "{\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
          "[DONE]");

      List<ConverseStreamOutput> events =
          bedrock.stream(
              request -> request.modelId("llama3.2").messages(user("Find")).toolConfig(findTool()));

      assertThat(((ContentBlockStartEvent) events.get(1)).start().toolUse().name())
          .isEqualTo("find");
      assertThat(events.stream().map(event -> event.sdkEventType().toString()))
          .containsExactly(
              "messageStart",
              "contentBlockStart",
              "contentBlockDelta",
              "contentBlockDelta",
              "contentBlockStop",
              "messageStop",
              "metadata");
    }

    @Test
    void that_the_server_cuts_is_an_error() {
      server.streams(HI, THERE);

      assertThatThrownBy(ModelServerTest.this::ask)
          .cause()
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("broke off before its answer was complete");
    }

    @Test
    void that_fails_at_the_server_tells_its_reason() {
      server.streams(HI, "{\"error\":{\"message\":\"out of memory\"}}");

      assertThatThrownBy(ModelServerTest.this::ask)
          .cause()
          .isInstanceOf(ModelStreamErrorException.class)
          .hasMessageContaining("out of memory");
    }

    @Test
    void hangs_up_on_the_server_when_it_is_cancelled() throws Exception {
      server.streamsForever(HI);
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Void> call =
          bedrock.streams.converseStream(
              request -> request.modelId("llama3.2").messages(user("Hi")),
              ConverseStreamResponseHandler.builder().subscriber(e -> begun.countDown()).build());

      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      call.cancel(true);

      assertThat(server.hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Nested
  class A_whole_answer {

    @Test
    void may_be_a_tool_call() throws Exception {
      server.answers(
          200,
          """
          {"choices":[{"message":{"content":null,"tool_calls":[{"id":"c1","type":"function",
            "function":{"name":"find","arguments":"{\\"city\\":\\"Graz\\"}"}}]},
            "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":7}}\
          """);

      ConverseResponse answer =
          bedrock.client.converse(
              request -> request.modelId("llama3.2").messages(user("Find")).toolConfig(findTool()));

      assertThat(answer.stopReason()).isEqualTo(StopReason.TOOL_USE);
      assertThat(answer.output().message().content()).hasSize(1);
      assertThat(answer.output().message().content().getFirst().toolUse().input())
          .isEqualTo(Document.mapBuilder().putString("city", "Graz").build());
      assertThat(answer.usage().totalTokens()).isEqualTo(12);
      JsonNode asked = JSON.readTree(server.asked.take());
      assertThat(asked.at("/tools/0/function/name").asText()).isEqualTo("find");
      assertThat(asked.has("stream")).isFalse();
    }
  }

  @Nested
  class The_default_llama {

    @ParameterizedTest
    @CsvSource({
      "llama3.2:latest;nomic-embed-text, llama3.2:latest",
      "qwen3:8b;llama3.1:8b;llama3.3:70b, llama3.3:70b",
      "meta-llama/Llama-3.3-70B-Instruct;other, meta-llama/Llama-3.3-70B-Instruct"
    })
    void is_the_nearest_one_that_the_server_has(String listed, String chosen) throws Exception {
      String ids = String.join("\"},{\"id\":\"", listed.split(";", -1));
      server.lists("{\"data\":[{\"id\":\"" + ids + "\"}]}");
      server.answers(200, "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}");

      try (BedrockFixture llama = at(server.url(), LLAMA)) {
        assertThat(llama.ask("Hello")).isEqualTo("Hi");
      }

      assertThat(JSON.readTree(server.asked.take()).path("model").asText()).isEqualTo(chosen);
    }

    @Test
    void is_asked_for_by_its_own_name_where_models_are_not_listed() throws Exception {
      server.doesNotListModels();
      server.answers(200, "{\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}");

      try (BedrockFixture llama = at(server.url(), LLAMA)) {
        assertThat(llama.ask("Hello")).isEqualTo("Hi");
      }

      assertThat(JSON.readTree(server.asked.take()).path("model").asText()).isEqualTo(LLAMA);
    }

    @Test
    void is_missed_with_the_line_that_gets_one() {
      try (BedrockFixture llama = at(server.url(), LLAMA)) {
        assertThatThrownBy(() -> llama.ask("Hello")).hasMessageContaining("ollama pull llama3.2");
      }
    }
  }

  @Nested
  class A_refusal {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
      "400, ValidationException, does not take this request",
      "401, AccessDeniedException, Set MICROCOS_MODEL_KEY",
      "404, ResourceNotFoundException, ollama pull llama3.2",
      "429, ThrottlingException, Wait a moment",
      "500, InternalServerException, its log says why",
      "503, ServiceUnavailableException, Try again in a moment",
      "504, ModelTimeoutException, took too long"
    })
    void names_the_way_out(int status, String error, String wayOut) {
      server.answers(status, "{\"error\":{\"message\":\"because so\"}}");

      assertThatThrownBy(() -> ask("Hi"))
          .isInstanceOfSatisfying(
              BedrockRuntimeException.class,
              refused -> assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(error))
          .hasMessageContaining(wayOut)
          .hasMessageContaining("because so");
    }

    @Test
    void passes_on_how_long_to_wait() {
      server.answers(429, "{}", Map.of("retry-after", "7"));

      assertThatThrownBy(() -> ask("Hi"))
          .isInstanceOfSatisfying(
              BedrockRuntimeException.class,
              refused ->
                  assertThat(
                          refused
                              .awsErrorDetails()
                              .sdkHttpResponse()
                              .firstMatchingHeader("retry-after"))
                      .contains("7"))
          .hasMessageContaining("Retry after 7");
    }

    @Test
    void of_a_connection_names_the_address_and_the_way_back() throws Exception {
      int port;
      try (ServerSocket taken = new ServerSocket(0)) {
        port = taken.getLocalPort();
      }
      try (BedrockFixture nobody = at("http://127.0.0.1:" + port + "/v1", "llama3.2")) {
        assertThatThrownBy(
                () -> nobody.ask(request -> request.modelId("llama3.2").messages(user("Hi"))))
            .hasMessageContaining("No model server answers at http://127.0.0.1:" + port + "/v1")
            .hasMessageContaining("unset it to have the offline model");
      }
    }

    @Test
    void of_an_address_comes_before_the_first_call() {
      assertThatThrownBy(() -> LocalModels.from(Map.of("MICROCOS_MODEL_URL", "localhost:11434")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("MICROCOS_MODEL_URL");
      assertThatThrownBy(() -> LocalModels.from(Map.of("MICROCOS_OFFLINE_PACE", "fast")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("MICROCOS_OFFLINE_PACE");
    }
  }

  private List<ConverseStreamOutput> ask() throws Exception {
    return bedrock.stream(request -> request.modelId("llama3.2").messages(user("Hi")));
  }

  private String ask(String text) {
    return bedrock.ask(request -> request.modelId("llama3.2").messages(user(text)));
  }

  private static ToolConfiguration findTool() {
    return ToolConfiguration.builder()
        .tools(
            Tool.fromToolSpec(spec ->
                spec.name("find")
                    .inputSchema(
                        ToolInputSchema.fromJson(
                            Document.mapBuilder().putString("type", "object").build()))))
        .build();
  }
}
