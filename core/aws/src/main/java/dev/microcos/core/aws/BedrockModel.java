package dev.microcos.core.aws;

import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.application.port.Prompt.Turn;
import dev.microcos.core.application.port.TokenStream;
import dev.microcos.core.domain.user.Message.Role;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;

/** A model on Amazon Bedrock by {@code ConverseStream}, without tools: Llama streams only so. */
final class BedrockModel implements Model {

  private static final String ITSELF = "bedrock";

  private final BedrockRuntimeAsyncClient bedrock;
  private final String backend;

  /**
   * A model.
   *
   * @param backend {@code bedrock}, or what answers in its place: {@code offline}, {@code openai}
   */
  BedrockModel(BedrockRuntimeAsyncClient bedrock, String backend) {
    this.bedrock = bedrock;
    this.backend = backend;
  }

  @Override
  public String nameOf(String modelId) {
    return backend.equals(ITSELF) ? modelId : backend + ":" + modelId;
  }

  @Override
  public TokenStream narrate(Prompt prompt) {
    BedrockStream stream = new BedrockStream(nameOf(prompt.model()));
    stream.begin(bedrock.converseStream(request(prompt), stream.handler()));
    return stream;
  }

  /** Always with a bound on the answer: Bedrock reserves quota for all that it might become. */
  private static ConverseStreamRequest request(Prompt prompt) {
    return ConverseStreamRequest.builder()
        .modelId(prompt.model())
        .system(SystemContentBlock.fromText(prompt.system()))
        .messages(prompt.turns().stream().map(BedrockModel::message).toList())
        .inferenceConfig(config -> config.maxTokens(prompt.maxTokens()).temperature(0.5f))
        .build();
  }

  private static Message message(Turn turn) {
    return Message.builder()
        .role(turn.role() == Role.USER ? ConversationRole.USER : ConversationRole.ASSISTANT)
        .content(ContentBlock.fromText(turn.text()))
        .build();
  }
}
