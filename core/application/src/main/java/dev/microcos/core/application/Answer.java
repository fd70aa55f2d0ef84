package dev.microcos.core.application;

import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.Model;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.Operations.Claim;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Prompt;
import dev.microcos.core.application.port.Prompts;
import dev.microcos.core.application.port.Push;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.Message.Status;
import dev.microcos.core.domain.user.Operation;
import dev.microcos.core.domain.user.UserState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Has the model write an answer, shows it as it comes and reports it. However often the job is
 * delivered, one attempt is at it at a time, and the first answer that comes back counts.
 */
public final class Answer {

  private static final Duration LEASE = Duration.ofSeconds(15);

  private final People people;
  private final EventLog<UserState> log;
  private final Operations operations;
  private final Prompts prompts;
  private final Model model;
  private final Inbox inbox;
  private final Push push;
  private final InstantSource clock;
  private final Pace pace;

  public Answer(
      People people,
      EventLog<UserState> log,
      Operations operations,
      Prompts prompts,
      Model model,
      Inbox inbox,
      Push push,
      InstantSource clock,
      Pace pace) {
    this.people = people;
    this.log = log;
    this.operations = operations;
    this.prompts = prompts;
    this.model = model;
    this.inbox = inbox;
    this.push = push;
    this.clock = clock;
    this.pace = pace;
  }

  /** Does the job, unless it is done, somebody else is at it, or its person was erased. */
  public Result answer(AssistantJob job) {
    if (isErased(people, job.person())) {
      return new Result.Done();
    }
    Instant now = clock.instant();
    return switch (operations.claim(job, now, LEASE)) {
      case Claim.Taken taken -> {
        write(job, taken.attempt());
        yield new Result.Done();
      }
      case Claim.Held held -> new Result.Later(Duration.between(now, held.until()));
      case Claim.Cancelled cancelled -> new Result.Done();
      case Claim.Done done -> new Result.Done();
    };
  }

  private void write(AssistantJob job, int attempt) {
    UserState state = log.load(job.person()).state();
    Operation open = state.operations().get(job.operation().value());
    if (open == null) {
      close(job, state);
      return;
    }
    Prompt prompt = prompts.narrate(state, job.operation(), clock.instant());
    Attempt writing =
        new Attempt(
            job, attempt, open.conversationId(), prompt, model, operations, push, clock, pace);
    writing
        .run()
        .ifPresent(report -> {
          inbox.send(report.envelope());
          operations.finish(job.person(), report.row());
        });
  }

  /** The call is over, but for its account: whoever was at it died before it was closed. */
  private void close(AssistantJob job, UserState state) {
    Message message = state.messages().get(job.operation().value());
    if (message == null || message.status() == Status.CANCELLED) {
      operations.cancel(job.person(), job.operation(), clock.instant());
      return;
    }
    String status = message.status() == Status.FAILED ? OperationRow.FAILED : OperationRow.COMPLETE;
    operations
        .find(job.person(), job.operation())
        .ifPresent(row -> operations.finish(job.person(), row.ended(status, message.text())));
  }

  /**
   * When tokens are shown and written down.
   *
   * @param flush tokens of this long are shown together; the first is shown at once
   * @param checkpoint how often the text so far is written down
   * @param patience how long the model may be silent
   * @param retry about how long to wait before a model that failed is asked again
   */
  public record Pace(Duration flush, Duration checkpoint, Duration patience, Duration retry) {

    /** The pace that keeps posts within an account's quota. */
    public static Pace flushing(Duration flush) {
      return new Pace(
          flush, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofMillis(250));
    }
  }

  /** What became of a job. */
  public sealed interface Result {
    /** It need not come again. */
    record Done() implements Result {}

    /** Somebody is at it; it should come again then, in case they die. */
    record Later(Duration in) implements Result {}
  }

  /**
   * Whether the person's generation is over.
   *
   * @throws IllegalStateException if it is not known yet: what is remembered may be a minute old
   */
  static boolean isErased(People people, Person person) {
    int present = people.current(person.user(), person.generation()).generation();
    if (person.generation() > present) {
      throw new IllegalStateException("the person's new generation is not known");
    }
    return person.generation() < present;
  }

  static Duration lease() {
    return LEASE;
  }
}
