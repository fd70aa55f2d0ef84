package dev.microcos.core.application;

import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.Executions.Execution;
import dev.microcos.core.application.port.Executions.ExecutionRefused;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.RunEffect;
import dev.microcos.core.domain.log.RunEffect.AnswerParent;
import dev.microcos.core.domain.log.RunEffect.AnswerQuestion;
import dev.microcos.core.domain.log.RunEffect.AnswerWait;
import dev.microcos.core.domain.log.RunEffect.CancelChild;
import dev.microcos.core.domain.log.RunEffect.StartExecution;
import dev.microcos.core.domain.log.RunEffect.StopCall;
import dev.microcos.core.domain.log.RunEffect.StopExecution;
import dev.microcos.core.domain.log.RunEffect.TellParent;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import dev.microcos.core.domain.log.RunFact.ChildEnded;
import dev.microcos.core.domain.log.RunFact.ChildStarted;
import dev.microcos.core.domain.log.RunFact.ExecutionStarted;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.run.Begun;
import dev.microcos.core.domain.run.Child;
import dev.microcos.core.domain.run.Ending;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Projection;
import dev.microcos.core.domain.run.Question;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.run.Wait;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out the effects of a commit of a run that is written. Doing so again does no harm. */
public final class PerformRun implements Reduce.Performs<RunState> {

  /** The error of a run whose execution could never be started. */
  public static final String FAILED_TO_START = "failed_to_start";

  /** The longest cause that a fact of a run has ({@code common.schema.json}). */
  private static final int LONGEST_CAUSE = 32_768;

  private final Executions executions;
  private final Operations operations;
  private final Inbox inbox;
  private final InstantSource clock;

  public PerformRun(
      Executions executions, Operations operations, Inbox inbox, InstantSource clock) {
    this.executions = executions;
    this.operations = operations;
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public void effects(Commit commit, RunState present) {
    Begun begun = present.begun();
    if (begun == null) {
      return;
    }
    List<Effect> effects = commit.effects();
    for (int i = 0; i < effects.size(); i++) {
      if (effects.get(i) instanceof RunEffect effect) {
        String id = Effect.id(commit.subject().partition(), commit.firstSeq(), i);
        perform(effect, new Cause(commit, id, begun), present);
      }
    }
  }

  private void perform(RunEffect effect, Cause cause, RunState present) {
    switch (effect) {
      case StartExecution start -> start(cause, present);
      case StopExecution stop -> {
        if (present.status().isOver()) {
          executions.stop(
              present.subject(), cause.begun().as().workflow(), stop.error(), stop.cause());
        }
      }
      case StopCall stop ->
          operations.cancel(present.subject().person(), stop.operationId(), clock.instant());
      case AnswerQuestion answer -> {
        Question question = present.questions().get(answer.inputId().value());
        if (question != null && question.answer() != null && !present.status().isOver()) {
          executions.succeed(question.token(), question.answer().value());
        }
      }
      case AnswerWait answer -> {
        Wait wait = present.waits().get(answer.waitId().value());
        if (wait != null && wait.data() != null && !present.status().isOver()) {
          executions.succeed(wait.token(), wait.data());
        }
      }
      case TellPerson tell -> send(cause, present, Projection.of(present), present.subject().run());
      case TellParent tell -> tellParent(cause, present);
      case AnswerParent answer -> answerParent(cause, present);
      case CancelChild cancel ->
          send(
              cause, present, new RunCancelled("run " + present.subject().run()), cancel.childId());
    }
  }

  /** Only while the run is pending: what was cancelled before it began never begins. */
  private void start(Cause cause, RunState present) {
    if (present.status() != RunStatus.PENDING) {
      return;
    }
    Begun begun = cause.begun();
    Fact outcome;
    try {
      outcome =
          new ExecutionStarted(
              executions.start(
                  new Execution(present.subject(), begun.as(), begun.request(), begun.hops() + 1)));
    } catch (ExecutionRefused refused) {
      outcome = new RunFailed(FAILED_TO_START, refused.code() + ": " + refused.detail(), null);
    }
    send(cause, present, outcome, present.subject().run());
  }

  private void tellParent(Cause cause, RunState present) {
    Parent parent = cause.begun().as().parent();
    if (parent != null) {
      ChildStarted started =
          new ChildStarted(
              present.subject().run(),
              parent.stepId(),
              cause.begun().as().workflow(),
              parent.onCancel());
      send(cause, present, started, parent.runId());
    }
  }

  /** The parent's log is told first: what its execution then goes on with comes after that. */
  private void answerParent(Cause cause, RunState present) {
    Parent parent = cause.begun().as().parent();
    Ending ending = present.ending();
    if (parent == null || ending == null) {
      return;
    }
    RunId child = present.subject().run();
    String token = cause.begun().as().parentToken();
    Document result = ending.result();
    if (token == null) {
      send(cause, present, new ChildEnded(child, ending.status(), null, null), parent.runId());
    } else if (result != null) {
      send(cause, present, new ChildEnded(child, ending.status(), result, null), parent.runId());
      executions.succeed(token, result);
    } else {
      String why = told(child, ending);
      send(cause, present, new ChildEnded(child, ending.status(), null, why), parent.runId());
      executions.fail(token, Child.NOT_COMPLETED, why);
    }
  }

  /** What the parent's step fails with, in words. */
  private static String told(RunId child, Ending ending) {
    String how =
        switch (ending.status()) {
          case CANCELLED -> "was cancelled by " + ending.cause();
          case TIMED_OUT -> "was not done in time";
          default -> "failed with " + ending.error() + because(ending.cause());
        };
    String words = "the run " + child + " " + how;
    return words.substring(0, Math.min(words.length(), LONGEST_CAUSE));
  }

  private static String because(@Nullable String cause) {
    return cause == null || cause.isEmpty() ? "" : ": " + cause;
  }

  private void send(Cause cause, RunState present, Fact fact, @Nullable RunId run) {
    Envelope first = cause.commit().events().getFirst().envelope();
    inbox.send(
        new Envelope(
            first.id().causedBy(cause.effectId()),
            fact,
            present.subject().person(),
            cause.begun().conversation(),
            cause.begun().request(),
            null,
            null,
            run,
            first.id(),
            cause.begun().hops() + 1,
            clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  /** What asks for an effect. */
  private record Cause(Commit commit, String effectId, Begun begun) {}
}
