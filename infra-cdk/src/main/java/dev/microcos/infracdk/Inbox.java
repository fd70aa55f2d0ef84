package dev.microcos.infracdk;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.DeduplicationScope;
import software.amazon.awscdk.services.sqs.FifoThroughputLimit;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * The one way in: a FIFO queue with the person as group, and the reducer behind it. A message is
 * received up to 100 times, so that an outage of minutes sends nobody to the dead letters. What can
 * never be read, the reducer puts there at once.
 */
final class Inbox extends Construct {
  private static final Duration KEPT = Duration.days(4);

  private final Environment environment;
  final Queue queue;
  final Queue deadLetters;

  Inbox(Construct scope, Environment environment) {
    super(scope, "Inbox");
    this.environment = environment;
    deadLetters = fifo("DeadLetters", "inbox-dead.fifo").build();
    queue =
        fifo("Queue", "inbox.fifo")
            .visibilityTimeout(Duration.seconds(60))
            .receiveMessageWaitTime(Duration.seconds(20))
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(100).build())
            .build();
  }

  private Queue.Builder fifo(String id, String name) {
    return Queue.Builder.create(this, id)
        .queueName(environment.named(name))
        .fifo(true)
        .contentBasedDeduplication(false)
        .deduplicationScope(DeduplicationScope.MESSAGE_GROUP)
        .fifoThroughputLimit(FifoThroughputLimit.PER_MESSAGE_GROUP_ID)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .retentionPeriod(KEPT);
  }

  /** Adds the reducer: the only one that writes the log. */
  void reducedBy(Wiring wiring) {
    JavaFunction reducer =
        wiring
            .function(this, "Reducer", "reducer", "reducer.ReducerHandler")
            .timeout(Duration.seconds(10))
            .partOfLoop()
            .build();
    reducer.consumes("Mapping", queue, 10, environment.reducers());
    wiring.allowLog(reducer, Access.GET, Access.QUERY, Access.PUT, Access.DELETE);
    wiring.allowArchive(reducer, Access.PUT);
    wiring.allowKeys(reducer, Access.GET, Access.PUT);
    wiring.allowOperations(reducer, Access.UPDATE);
    wiring.allowPush(reducer);
    wiring.allowJobs(reducer);
    wiring.allowSettingAside(reducer);
    wiring.allowInbox(reducer);
    wiring.workflows().allowRuns(reducer);
    wiring.watch().queue("inbox", queue, deadLetters, Duration.minutes(1));
  }
}
