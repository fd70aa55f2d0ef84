package dev.microcos.functions.reducer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.microcos.core.application.Perform;
import dev.microcos.core.application.PerformRun;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.aws.Adapters;
import dev.microcos.core.aws.Host;
import dev.microcos.core.aws.Telemetry;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.UserState;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reduces a batch of the inbox. A batch can hold several people; each is a group of its own, one
 * beside the other, and only a failing group's messages come again.
 */
public final class ReducerHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {

  private final Telemetry telemetry;
  private final GroupReduction reduction;
  private final ExecutorService groups = Executors.newVirtualThreadPerTaskExecutor();

  /** As Lambda makes it. */
  public ReducerHandler() {
    this(Host.lambda());
  }

  public ReducerHandler(Host host) {
    Adapters adapters = new Adapters(host);
    this.telemetry = new Telemetry(host);
    this.reduction =
        new GroupReduction(
            people(adapters, host),
            runs(adapters, host),
            adapters.redelivery("INBOX_QUEUE_URL"),
            adapters.deadLetters("INBOX_DEAD_LETTERS_URL"),
            host);
  }

  private static Reduce<UserState> people(Adapters adapters, Host host) {
    EventLog<UserState> log = adapters.log();
    Perform perform =
        new Perform(
            adapters.people(),
            log,
            adapters.archive(),
            adapters.assistantJobs(),
            adapters.operations(),
            adapters.inbox(),
            adapters.schedules(),
            host.clock());
    PresentPolicy policy = new PresentPolicy(adapters.policy(), adapters::workflows, host.clock());
    return Reduce.ofPeople(adapters.people(), log, perform, adapters.push(), host.clock(), policy);
  }

  private static Reduce<RunState> runs(Adapters adapters, Host host) {
    PerformRun perform =
        new PerformRun(
            adapters.executions(), adapters.operations(), adapters.inbox(), host.clock());
    return Reduce.ofRuns(
        adapters.people(), adapters.runLog(), perform, adapters.runPush(), host.clock());
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return telemetry.invocation(context, () -> reduced(event, context));
  }

  private SQSBatchResponse reduced(SQSEvent event, Context context) {
    Groups batch = Groups.of(event.getRecords());
    List<SQSMessage> undone = batch.each(groups, group -> reduction.reduce(group, context));
    telemetry.count("Reduced", event.getRecords().size() - undone.size());
    telemetry.count("Redelivered", undone.size());
    return new SQSBatchResponse(
        undone.stream().map(message -> new BatchItemFailure(message.getMessageId())).toList());
  }
}
