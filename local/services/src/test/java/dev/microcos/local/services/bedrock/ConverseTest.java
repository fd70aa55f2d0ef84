package dev.microcos.local.services.bedrock;

import static dev.microcos.local.services.bedrock.BedrockFixture.LLAMA;
import static dev.microcos.local.services.bedrock.BedrockFixture.assistant;
import static dev.microcos.local.services.bedrock.BedrockFixture.message;
import static dev.microcos.local.services.bedrock.BedrockFixture.text;
import static dev.microcos.local.services.bedrock.BedrockFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.local.services.bedrock.model.Pace;
import dev.microcos.local.services.bedrock.offline.OfflineModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.StopReason;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

class ConverseTest {

  private static final Document TASK_SCHEMA =
      Document.mapBuilder()
          .putString("type", "object")
          .putList("required", required -> required.addString("title"))
          .putMap(
              "properties",
              properties ->
                  properties
                      .putMap("title", title -> title.putString("type", "string"))
                      .putMap("due", due -> due.putString("type", "string")))
          .build();
  private static final ToolConfiguration TASK_TOOL =
      ToolConfiguration.builder()
          .tools(
              Tool.fromToolSpec(spec ->
                  spec.name("create_task")
                      .description("Adds a task")
                      .inputSchema(ToolInputSchema.fromJson(TASK_SCHEMA))))
          .build();

  private final BedrockFixture bedrock =
      new BedrockFixture(new OfflineModel(Pace.AT_ONCE), Map.of());

  @AfterEach
  void close() {
    bedrock.close();
  }

  @Nested
  class A_stream {

    @Test
    void tells_the_answer_in_pieces_between_start_and_metadata() throws Exception {
      List<ConverseStreamOutput> events =
          bedrock.stream(request -> request.modelId(LLAMA).messages(user("Who are you?")));

      assertThat(text(events)).startsWith("I am the **offline model** of Micro CoS");
      assertThat(events.stream().map(event -> event.sdkEventType().toString()).distinct())
          .containsExactly(
              "messageStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata");
      assertThat(events).hasSizeGreaterThan(20);
      var metadata = (ConverseStreamMetadataEvent) events.getLast();
      assertThat(metadata.usage().inputTokens()).isPositive();
      assertThat(metadata.usage().outputTokens()).isEqualTo(events.size() - 4);
      assertThat(metadata.usage().totalTokens())
          .isEqualTo(metadata.usage().inputTokens() + metadata.usage().outputTokens());
      assertThat(metadata.metrics().latencyMs()).isNotNegative();
    }

    @Test
    void ends_at_the_longest_answer_allowed() throws Exception {
      List<ConverseStreamOutput> events =
          bedrock.stream(request ->
              request
                  .modelId(LLAMA)
                  .messages(user("Who are you?"))
                  .inferenceConfig(config -> config.maxTokens(4)));

      assertThat(text(events)).isEqualTo("I am the **offlin");
      assertThat(((MessageStopEvent) events.get(events.size() - 2)).stopReason())
          .isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void refuses_tools_to_a_llama_before_it_begins() {
      assertThatThrownBy(() ->
              bedrock.stream(
                  request -> request.modelId(LLAMA).messages(user("Hi")).toolConfig(TASK_TOOL)))
          .cause()
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("This model doesn't support tool use in streaming mode");
    }
  }

  @Nested
  class A_whole_answer {

    @Test
    void sees_the_system_text_and_the_turns_before() {
      String answer =
          bedrock.ask(request ->
              request
                  .modelId(LLAMA)
                  .system(SystemContentBlock.fromText("Be calm."))
                  .messages(
                      user("The train leaves at nine."),
                      assistant("I see."),
                      user("What did I just say?")));

      assertThat(answer).isEqualTo("You said: “The train leaves at nine.”");
    }

    @Test
    void is_taken_for_any_form_of_the_models_id() {
      assertThat(
              bedrock.ask(request ->
                  request.modelId("meta.llama3-3-70b-instruct-v1:0").messages(user("2+2"))))
          .isEqualTo("2+2 = **4**");
      assertThat(
              bedrock.ask(request ->
                  request
                      .modelId("arn:aws:bedrock:us-east-1:000000000000:inference-profile/" + LLAMA)
                      .messages(user("2+2"))))
          .isEqualTo("2+2 = **4**");
    }

    @Test
    void asks_for_the_tool_that_the_person_names_and_then_tells_its_result() {
      var request = user("Please add a task to call Ana");
      ConverseResponse first =
          bedrock.client.converse(
              converse -> converse.modelId(LLAMA).messages(request).toolConfig(TASK_TOOL));

      assertThat(first.stopReason()).isEqualTo(StopReason.TOOL_USE);
      ContentBlock call = first.output().message().content().getFirst();
      assertThat(call.toolUse().name()).isEqualTo("create_task");
      assertThat(call.toolUse().input().asMap())
          .containsEntry("title", Document.fromString("Call Ana"));

      var result =
          message(
              ConversationRole.USER,
              ContentBlock.fromToolResult(block ->
                  block
                      .toolUseId(call.toolUse().toolUseId())
                      .content(ToolResultContentBlock.fromText("created"))));
      ConverseResponse second =
          bedrock.client.converse(converse ->
              converse
                  .modelId(LLAMA)
                  .messages(request, first.output().message(), result)
                  .toolConfig(TASK_TOOL));
      assertThat(second.stopReason()).isEqualTo(StopReason.END_TURN);
      assertThat(second.output().message().content().getFirst().text()).contains("created");
    }
  }

  @Nested
  class A_request_is_refused {

    @Test
    void for_a_model_that_is_not_offered() {
      assertRefused(
          () -> bedrock.ask(request -> request.modelId("meta.llama9").messages(user("Hi"))),
          "The provided model identifier is invalid");
    }

    @Test
    void when_roles_do_not_alternate() {
      assertRefused(
          () -> bedrock.ask(request -> request.modelId(LLAMA).messages(user("Hi"), user("Hello"))),
          "A conversation must alternate between user and assistant roles");
      assertRefused(
          () -> bedrock.ask(request -> request.modelId(LLAMA).messages(assistant("Hi"))),
          "A conversation must start with a user message");
      assertRefused(
          () ->
              bedrock.ask(request -> request.modelId(LLAMA).messages(user("Hi"), assistant("Hi"))),
          "A conversation must end with a user message");
    }

    @Test
    void when_a_text_is_blank() {
      assertRefused(
          () -> bedrock.ask(" "),
          "The text field in the ContentBlock object at messages.0.content.0 is blank");
    }

    @Test
    void when_its_history_holds_tool_calls_and_it_offers_no_tools() {
      var call =
          message(
              ConversationRole.ASSISTANT,
              ContentBlock.fromToolUse(use ->
                  use.toolUseId("t1").name("create_task").input(Document.fromMap(Map.of()))));
      var result =
          message(
              ConversationRole.USER,
              ContentBlock.fromToolResult(
                  block -> block.toolUseId("t1").content(ToolResultContentBlock.fromText("ok"))));

      assertRefused(
          () ->
              bedrock.ask(request -> request.modelId(LLAMA).messages(user("Add it"), call, result)),
          "The toolConfig field must be defined when using toolUse and toolResult content blocks");
      assertRefused(
          () ->
              bedrock.ask(request ->
                  request
                      .modelId(LLAMA)
                      .messages(user("Add it"), call, user("And?"))
                      .toolConfig(TASK_TOOL)),
          "Expected toolResult blocks at messages.2.content for the following Ids: [t1]");
    }

    @Test
    void when_a_llama_is_to_be_forced_to_a_tool() {
      assertRefused(
          () ->
              bedrock.ask(request ->
                  request
                      .modelId(LLAMA)
                      .messages(user("Hi"))
                      .toolConfig(TASK_TOOL.copy(tools -> tools.toolChoice(c -> c.any(a -> {}))))),
          "This model doesn't support the toolConfig.toolChoice.any field");
    }

    @Test
    void when_the_answer_may_be_longer_than_the_model_can() {
      assertRefused(
          () ->
              bedrock.ask(request ->
                  request
                      .modelId(LLAMA)
                      .messages(user("Hi"))
                      .inferenceConfig(config -> config.maxTokens(100_000))),
          "exceeds the model limit of 8192");
    }

    private static void assertRefused(
        org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
      assertThatThrownBy(call)
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining(message);
    }
  }
}
