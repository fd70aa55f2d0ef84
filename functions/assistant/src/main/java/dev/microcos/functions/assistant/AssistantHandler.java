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
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Redelivery;
import dev.microcos.core.aws.Telemetry;
import dev.microcos.core.wire.JobJson;
import dev.microcos.core.wire.NarrationPrompts;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the jobs of the assistant's queue, one a batch. */
public final class AssistantHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(AssistantHandler.class);

  /** 150 ms keep the posts of many streams within an account's quota of @connections. */
  private static final int FLUSH_MILLIS = 150;

  /** Longer than the lease that the failed attempt may still hold. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(20);

  private final Telemetry telemetry;
  private final Answer answer;
  private final Redelivery redelivery;

  /** As Lambda makes it. */
  public AssistantHandler() {
    this(Host.lambda());
  }

  public AssistantHandler(Host host) {
    Adapters adapters = new Adapters(host);
    this.telemetry = new Telemetry(host);
    this.answer =
        new Answer(
            adapters.log(),
            adapters.operations(),
            new NarrationPrompts(host.require("MICROCOS_BIG_MODEL")),
            adapters.model(),
            adapters.inbox(),
            adapters.push(),
            host.clock(),
            Pace.flushing(Duration.ofMillis(host.number("TOKEN_FLUSH_MILLIS", FLUSH_MILLIS))));
    this.redelivery = adapters.redelivery("ASSISTANT_QUEUE_URL");
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
    AssistantJob job;
    try {
      job = JobJson.read(message.getBody());
    } catch (IllegalArgumentException e) {
      LOG.error("a job that cannot be read goes to the dead-letter queue", e);
      return false;
    }
    boolean[] done = new boolean[1];
    telemetry.about(
        Map.of("request_id", job.request().value(), "operation_id", job.operation().value()),
        () -> done[0] = tried(job, message));
    return done[0];
  }

  /** What fails comes again soon, not when the queue's visibility timeout is over. */
  private boolean tried(AssistantJob job, SQSMessage message) {
    try {
      return done(job, message);
    } catch (RuntimeException e) {
      LOG.error("a job failed and comes again", e);
      redelivery.in(AFTER_FAILURE, message.getReceiptHandle());
      return false;
    }
  }

  private boolean done(AssistantJob job, SQSMessage message) {
    return switch (answer.answer(job)) {
      case Result.Done _ -> {
        telemetry.count("Answered", 1);
        yield true;
      }
      case Result.Later later -> {
        redelivery.in(later.in(), message.getReceiptHandle());
        yield false;
      }
    };
  }
}
