package dev.microcos.local.services.bedrock;

import dev.microcos.local.services.bedrock.model.FaultSwitch;
import dev.microcos.local.services.bedrock.model.ModelBackend;
import dev.microcos.local.services.bedrock.model.ModelCatalog;
import dev.microcos.local.services.transport.InProcessAsyncHttpClient;
import dev.microcos.local.services.transport.InProcessHttpClient;
import dev.microcos.local.services.transport.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The SDK's clients before a Bedrock service, without retries and without a network. */
final class BedrockFixture implements AutoCloseable {

  static final String LLAMA = ModelCatalog.BIG;

  final FaultSwitch faults;
  final BedrockRuntimeClient client;
  final BedrockRuntimeAsyncClient streams;

  BedrockFixture(ModelBackend backend, Map<String, String> environment) {
    faults = new FaultSwitch(backend);
    Router router = Router.to(new BedrockService(ModelCatalog.from(environment), faults));
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    client =
        BedrockRuntimeClient.builder()
            .httpClient(new InProcessHttpClient(router))
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    streams =
        BedrockRuntimeAsyncClient.builder()
            .httpClient(new InProcessAsyncHttpClient(router))
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
  }

  static Message user(String text) {
    return message(ConversationRole.USER, ContentBlock.fromText(text));
  }

  static Message assistant(String text) {
    return message(ConversationRole.ASSISTANT, ContentBlock.fromText(text));
  }

  static Message message(ConversationRole role, ContentBlock... content) {
    return Message.builder().role(role).content(content).build();
  }

  /** The whole answer to one message. */
  String ask(String text) {
    return ask(request -> request.modelId(LLAMA).messages(user(text)));
  }

  String ask(Consumer<ConverseRequest.Builder> request) {
    return client.converse(request).output().message().content().getFirst().text();
  }

  /** All events of a stream, once it has ended. */
  List<ConverseStreamOutput> stream(Consumer<ConverseStreamRequest.Builder> request)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<ConverseStreamOutput> events = new CopyOnWriteArrayList<>();
    streams
        .converseStream(
            request, ConverseStreamResponseHandler.builder().subscriber(events::add).build())
        .get(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS);
    return events;
  }

  /** The text that the events tell. */
  static String text(List<ConverseStreamOutput> events) {
    return events.stream()
        .filter(ContentBlockDeltaEvent.class::isInstance)
        .map(event -> ((ContentBlockDeltaEvent) event).delta().text())
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    client.close();
    streams.close();
  }
}
