package dev.microcos.core.application;

import dev.microcos.core.application.Answer.Result;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Operations.Claim;
import dev.microcos.core.application.port.People;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.Operation;
import dev.microcos.core.domain.user.UserState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Ends for its person what the assistant has given up on: the answer has failed and can be asked
 * for again, and the conversation goes on.
 */
public final class GiveUp {

  private static final String CODE = "given_up";
  private static final String DETAIL = "The answer could not be written, however often we tried.";

  private final People people;
  private final EventLog<UserState> log;
  private final Operations operations;
  private final Inbox inbox;
  private final InstantSource clock;

  public GiveUp(
      People people,
      EventLog<UserState> log,
      Operations operations,
      Inbox inbox,
      InstantSource clock) {
    this.people = people;
    this.log = log;
    this.operations = operations;
    this.inbox = inbox;
    this.clock = clock;
  }

  /**
   * Reports the job as failed if its operation is still open. Doing so again has no second effect:
   * the event's id is that of the job.
   */
  public Result giveUp(AssistantJob job) {
    if (Answer.isErased(people, job.person())) {
      return new Result.Done();
    }
    Instant now = clock.instant();
    return switch (operations.claim(job, now, Answer.lease())) {
      case Claim.Taken taken -> {
        end(job, taken.attempt(), now);
        yield new Result.Done();
      }
      case Claim.Held held -> new Result.Later(Duration.between(now, held.until()));
      case Claim.Cancelled cancelled -> new Result.Done();
      case Claim.Done done -> new Result.Done();
    };
  }

  private void end(AssistantJob job, int attempt, Instant now) {
    UserState state = log.load(job.person()).state();
    Operation open = state.operations().get(job.operation().value());
    if (open != null) {
      inbox.send(failed(job, open, attempt, now));
    }
    operations.finish(
        job.person(), row(job, open == null ? ended(state, job) : "failed", attempt, now));
  }

  /** How an answer ended that came before we gave it up, though its account was never closed. */
  private static String ended(UserState state, AssistantJob job) {
    Message message = state.messages().get(job.operation().value());
    return switch (message == null ? Message.Status.FAILED : message.status()) {
      case COMPLETE -> "complete";
      case CANCELLED -> "cancelled";
      case FAILED, STREAMING -> "failed";
    };
  }

  private static Envelope failed(AssistantJob job, Operation open, int attempt, Instant now) {
    return new Envelope(
        EventId.ofGivenUp(job.operation(), job.effectId()),
        new AssistantFailed(job.operation(), attempt, CODE, DETAIL, true, TokenUse.NONE, ""),
        job.person(),
        open.conversationId(),
        job.request(),
        null,
        job.operation(),
        null,
        job.operation().startedBy(),
        job.hops(),
        now);
  }

  private static OperationRow row(AssistantJob job, String status, int attempt, Instant now) {
    return new OperationRow(
        job.operation(),
        job.request(),
        "narrate",
        status,
        attempt,
        now,
        TokenUse.NONE,
        0,
        Duration.ZERO,
        Duration.ZERO,
        status.equals("failed") ? CODE : "",
        "",
        "");
  }
}
