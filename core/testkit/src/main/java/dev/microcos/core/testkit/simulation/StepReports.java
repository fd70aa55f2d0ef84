package dev.microcos.core.testkit.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.port.Executions.Execution;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.Trigger;
import dev.microcos.core.testkit.simulation.Invocation.Due;
import dev.microcos.core.testkit.simulation.Invocation.Ended;
import dev.microcos.core.testkit.simulation.Invocation.Task;
import dev.microcos.core.testkit.simulation.Program.Stage;
import dev.microcos.core.wire.DocumentJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the function of the steps reports: in the words, and under the ids, that it does. */
final class StepReports {

  private static final Document OTHERWISE = new Document("\"otherwise\"");

  private final Task task;
  private final Instant now;
  private final Execution asked;
  private final StepId step;
  private final JsonNode before;
  private final ObjectNode after;
  private final String name;

  StepReports(Task task, Instant now) {
    this.task = task;
    this.now = now;
    this.asked = task.execution().asked();
    this.step = task.execution().step(task.at(), task.entered());
    this.before = DocumentJson.tree(new Document(task.state()));
    this.after = before.deepCopy();
    this.name = Program.name(task.at());
    if (!task.stage().waits()) {
      after.put(name, 10 * task.at() + task.attempt());
    }
  }

  /** What is reported before anything is done. */
  List<Envelope> first() {
    if (task.expired()) {
      return List.of();
    }
    Document state = DocumentJson.of(before);
    return List.of(
        report(
            ofAttempt("started"),
            new StepStarted(
                step,
                name,
                name,
                0,
                null,
                task.stage().name(),
                null,
                task.attempt(),
                state,
                state.hash())));
  }

  /** What is asked for, and what is reported once it is done. */
  List<Envelope> last() {
    return switch (task.stage()) {
      case WORK -> List.of(completed());
      case SIGNAL -> List.of(signal(), completed());
      case ASK, ASK_OR_DEFAULT -> asks();
      case AWAIT ->
          List.of(
              report(
                  once("waits " + token()),
                  new WaitRegistered(
                      step, task.attempt(), Program.AWAITED, match(), task.deadline(), token())));
      case CHILD -> List.of(child());
      case DIE -> throw new IllegalStateException("nobody does that");
    };
  }

  Envelope failed(boolean retryable) {
    return report(
        ofAttempt("failed"),
        new StepFailed(
            step,
            task.attempt(),
            retryable ? "Retryable.bad_luck" : "Permanent.bad_luck",
            "as the seed has it",
            retryable,
            1,
            TokenUse.NONE,
            0));
  }

  /** The state after the step. */
  JsonNode after() {
    return after;
  }

  private Envelope completed() {
    Document patch =
        new Document(
            "[{\"op\":\"add\",\"path\":\"/" + name + "\",\"value\":" + after.get(name) + "}]");
    return report(
        ofAttempt("completed"),
        new StepCompleted(
            step,
            task.attempt(),
            patch,
            DocumentJson.of(after).hash(),
            1,
            new TokenUse("simulated", 3, 2),
            1,
            null));
  }

  private Envelope signal() {
    EventId id = once("told");
    Document data = new Document("{\"n\":" + before.path("n").asInt() + "}");
    return report(id, SignalSent.asked(id, Program.AWAITED, data, null));
  }

  private List<Envelope> asks() {
    InputId input = InputId.askedBy(step);
    Document otherwise = task.stage() == Stage.ASK ? null : OTHERWISE;
    List<Envelope> reports = new ArrayList<>();
    reports.add(
        report(
            once("asked " + token()),
            new InputRequired(
                input,
                step,
                task.attempt(),
                "Shall we?",
                new Document("{}"),
                task.deadline(),
                otherwise,
                token())));
    if (task.expired()) {
      reports.add(
          report(
              once("expired"), new InputReceived(input, OTHERWISE, InputReceived.DEADLINE, null)));
    }
    return reports;
  }

  /** Half of those that wait take any signal, the others one with their own number. */
  private Document match() {
    int number = before.path("n").asInt();
    return number % 2 == 0 ? Document.EMPTY : new Document("{\"n\":" + number + "}");
  }

  private Envelope child() {
    Parent.OnCancel onCancel =
        before.path("n").asInt() % 2 == 0 ? Parent.OnCancel.CANCEL : Parent.OnCancel.LEAVE;
    ObjectNode grown = before.deepCopy();
    grown.put("child", "work");
    RunStarted started =
        started(
            before.path("child").asText("work"),
            DocumentJson.of(grown),
            new Trigger(Trigger.Kind.RUN, asked.started().workflow()),
            new Parent(asked.run().run(), step, task.attempt(), onCancel),
            token());
    return envelope(
        asked.run(),
        RunId.startedBy(once("start")),
        asked.request(),
        asked.hops() + 1,
        once("start " + token()),
        started,
        now);
  }

  private String token() {
    return Objects.requireNonNull(task.token());
  }

  private EventId ofAttempt(String what) {
    return EventId.ofReport(task.entered(), step.value(), Integer.toString(task.attempt()), what);
  }

  private EventId once(String what) {
    return EventId.ofReport(task.entered(), step.value(), what);
  }

  private Envelope report(EventId id, Fact fact) {
    return envelope(
        asked.run(), asked.run().run(), asked.request(), asked.hops() + 1, id, fact, now);
  }

  /** What the rule for ended executions reports. */
  static Envelope ended(Ended ended, Instant now) {
    SimulatedExecution execution = ended.execution();
    Execution asked = execution.asked();
    RunFact fact =
        switch (execution.status()) {
          case SUCCEEDED -> new RunCompleted(DocumentJson.of(execution.state()));
          case FAILED -> new RunFailed(execution.error(), "", null);
          case TIMED_OUT -> new RunTimedOut();
          case ABORTED -> new RunCancelled("execution");
          case RUNNING -> throw new IllegalStateException("it goes on");
        };
    EventId id = EventId.ofReport(execution.stopped(), execution.arn(), execution.status().name());
    return envelope(
        asked.run(), asked.run().run(), asked.request(), asked.hops() + 1, id, fact, now);
  }

  /** The run that a schedule starts: one, however often and by whomever it is fired. */
  static Envelope started(Due due, Instant now) {
    EventId id = startOf(due);
    PersonRun run = new PersonRun(due.person(), RunId.startedBy(id));
    return envelope(
        run,
        run.run(),
        new RequestId("req_" + id.uuid()),
        0,
        id,
        started(
            due.schedule().workflow(),
            due.schedule().input(),
            new Trigger(Trigger.Kind.SCHEDULE, due.schedule().name()),
            null,
            null),
        now);
  }

  static EventId startOf(Due due) {
    return EventId.ofReport(
        due.due(), due.person().user().value(), "schedule", due.schedule().name());
  }

  static RunStarted started(
      String workflow,
      Document input,
      Trigger trigger,
      @Nullable Parent parent,
      @Nullable String token) {
    return new RunStarted(
        workflow, workflow, "a".repeat(64), input, trigger, null, null, null, parent, token);
  }

  private static Envelope envelope(
      PersonRun of, RunId run, RequestId request, int hops, EventId id, Fact fact, Instant now) {
    return new Envelope(
        id,
        fact,
        of.person(),
        ConversationId.MAIN,
        request,
        null,
        null,
        run,
        null,
        hops,
        now.truncatedTo(ChronoUnit.MILLIS));
  }
}
