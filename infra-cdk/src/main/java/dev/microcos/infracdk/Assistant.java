package dev.microcos.infracdk;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * The model's work: a Standard queue (fair between people by message group), one job an invocation.
 * A job's visibility outlives the function by 30 seconds. A job that dies for good goes through the
 * dead letters back to the function, which ends it for its person.
 */
final class Assistant extends Construct {
  private static final int TIMEOUT_SECONDS = 300;

  /** As few at once as an event source mapping can be told (AWS Lambda guide, "SQS scaling"). */
  private static final int FEWEST = 2;

  private final Environment environment;
  final Queue queue;
  final Queue deadLetters;

  Assistant(Construct scope, Environment environment) {
    super(scope, "Assistant");
    this.environment = environment;
    deadLetters = standard("DeadLetters", "assistant-dead").build();
    queue =
        standard("Queue", "assistant")
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(10).build())
            .build();
  }

  private Queue.Builder standard(String id, String name) {
    return Queue.Builder.create(this, id)
        .queueName(environment.named(name))
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .visibilityTimeout(Duration.seconds(TIMEOUT_SECONDS + 30))
        .receiveMessageWaitTime(Duration.seconds(20))
        .retentionPeriod(Duration.days(4));
  }

  /** Adds the function that calls the model and streams its answer. */
  void answeredBy(Wiring wiring) {
    JavaFunction assistant =
        wiring
            .function(this, "Assistant", "assistant", "assistant.AssistantHandler")
            .timeout(Duration.seconds(TIMEOUT_SECONDS))
            .partOfLoop()
            .build();
    assistant.consumes("Mapping", queue, 1, environment.assistants());
    assistant.consumes("DeadLettersMapping", deadLetters, 1, FEWEST);
    assistant.allow(List.of("bedrock:InvokeModelWithResponseStream"), models());
    wiring.allowLog(assistant, Access.GET, Access.QUERY);
    wiring.allowKeys(assistant, Access.GET, Access.PUT);
    wiring.allowOperations(assistant, Access.GET, Access.PUT, Access.UPDATE);
    wiring.allowPush(assistant);
    wiring.allowInbox(assistant);
    wiring.watch().jobs("assistant", queue, deadLetters, Duration.minutes(2));
    wiring.watch().model("big", environment.bigModel().profile());
    wiring.watch().model("small", environment.smallModel().profile());
  }

  /** A call through a profile needs the profile and the model in each of its regions. */
  List<String> models() {
    return Stream.of(environment.bigModel(), environment.smallModel())
        .flatMap(model ->
            Stream.concat(
                Stream.of(bedrock(null, null, "inference-profile", model.profile())),
                model.regions().stream()
                    .map(at -> bedrock(at, "", "foundation-model", model.foundation()))))
        .distinct()
        .toList();
  }

  private String bedrock(
      @Nullable String region, @Nullable String account, String resource, String name) {
    return Arn.format(
        ArnComponents.builder()
            .service("bedrock")
            .region(region)
            .account(account)
            .resource(resource)
            .resourceName(name)
            .arnFormat(ArnFormat.SLASH_RESOURCE_NAME)
            .build(),
        Stack.of(this));
  }
}
