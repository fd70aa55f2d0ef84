package dev.microcos.functions.assistant;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.microcos.core.application.Answer;
import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.Answer.Result;
import dev.microcos.core.application.GiveUp;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Redelivery;
import dev.microcos.core.aws.Telemetry;
import dev.microcos.core.wire.JobJson;
import dev.microcos.core.wire.NarrationPrompts;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the jobs of the assistant's queue, one a batch. Those that its dead letters hold end as
 * failed, so that nobody waits for them.
 */
public final class AssistantHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(AssistantHandler.class);

  /** 150 ms keep the posts of many streams within an account's quota of @connections. */
  private static final int FLUSH_MILLIS = 150;

  /** Longer than the lease that the failed attempt may still hold. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(20);

  /** How often a dead letter that cannot be read is looked at. */
  private static final Duration UNREADABLE = Duration.ofHours(1);

  private final Telemetry telemetry;
  private final Answer answer;
  private final GiveUp giveUp;
  private final Redelivery redelivery;
  private final String deadLetters;
  private final Redelivery deadLettersRedelivery;

  /** As Lambda makes it. */
  public AssistantHandler() {
    this(Host.lambda());
  }

  public AssistantHandler(Host host) {
    Adapters adapters = new Adapters(host);
    this.telemetry = new Telemetry(host);
    this.answer =
        new Answer(
            adapters.people(),
            adapters.log(),
            adapters.operations(),
            new NarrationPrompts(host.require("MICROCOS_BIG_MODEL")),
            adapters.model(),
            adapters.inbox(),
            adapters.push(),
            host.clock(),
            Pace.flushing(Duration.ofMillis(host.number("TOKEN_FLUSH_MILLIS", FLUSH_MILLIS))));
    this.giveUp =
        new GiveUp(
            adapters.people(),
            adapters.log(),
            adapters.operations(),
            adapters.inbox(),
            host.clock());
    this.redelivery = adapters.redelivery("ASSISTANT_QUEUE_URL");
    String url = host.require("ASSISTANT_DEAD_LETTERS_URL");
    this.deadLetters = url.substring(url.lastIndexOf('/') + 1);
    this.deadLettersRedelivery = adapters.redelivery("ASSISTANT_DEAD_LETTERS_URL");
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return telemetry.invocation(
        context,
        () ->
            new SQSBatchResponse(
                event.getRecords().stream()
                    .filter(message -> !done(message))
                    .map(message -> new BatchItemFailure(message.getMessageId()))
                    .toList()));
  }

  private boolean done(SQSMessage message) {
    boolean dead = message.getEventSourceArn().endsWith(":" + deadLetters);
    AssistantJob job;
    try {
      job = JobJson.read(message.getBody());
    } catch (IllegalArgumentException e) {
      LOG.error("a job that this release cannot read stays for one that can", e);
      if (dead) {
        deadLettersRedelivery.in(UNREADABLE, message.getReceiptHandle());
      }
      return false;
    }
    boolean[] done = new boolean[1];
    telemetry.about(
        Map.of("request_id", job.request().value(), "operation_id", job.operation().value()),
        () ->
            done[0] =
                dead
                    ? tried(() -> givenUp(job), deadLettersRedelivery, message)
                    : tried(() -> answered(job), redelivery, message));
    return done[0];
  }

  /** What fails comes again soon, not when the queue's visibility timeout is over. */
  private static boolean tried(Supplier<Result> work, Redelivery again, SQSMessage message) {
    try {
      return switch (work.get()) {
        case Result.Done _ -> true;
        case Result.Later later -> {
          again.in(later.in(), message.getReceiptHandle());
          yield false;
        }
      };
    } catch (RuntimeException e) {
      LOG.error("a job failed and comes again", e);
      again.in(AFTER_FAILURE, message.getReceiptHandle());
      return false;
    }
  }

  private Result answered(AssistantJob job) {
    Result result = answer.answer(job);
    if (result instanceof Result.Done) {
      telemetry.count("Answered", 1);
    }
    return result;
  }

  private Result givenUp(AssistantJob job) {
    Result result = giveUp.giveUp(job);
    if (result instanceof Result.Done) {
      LOG.error("a job was given up");
      telemetry.count("GivenUp", 1);
    }
    return result;
  }
}
