package dev.microcos.core.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.domain.id.ClientActionId;
import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.Quota;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact.ChildEnded;
import dev.microcos.core.domain.log.RunFact.ChildStarted;
import dev.microcos.core.domain.log.RunFact.ExecutionStarted;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.log.RunFact.SignalReceived;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepFailed;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.MemoryOp;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import dev.microcos.core.domain.log.UserFact.MessagesArchived;
import dev.microcos.core.domain.log.UserFact.NotificationSent;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.PreferencesUpdated;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.log.UserFact.TaskUpdated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.run.OpenQuestion;
import dev.microcos.core.domain.run.OpenWait;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.RunEvolution;
import dev.microcos.core.domain.run.RunRules;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.run.Trigger;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.Preferences;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.TaskChanges;
import dev.microcos.core.domain.user.TaskPriority;
import dev.microcos.core.domain.user.TaskSource;
import dev.microcos.core.domain.user.TaskStatus;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserRules;
import dev.microcos.core.domain.user.UserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A short life that holds every type of fact; its main method writes the files of a version. */
final class GoldenStory {

  private static final Person PERSON = new Person(UserId.of("https://issuer.example", "golden"), 1);
  private static final TokenUse TOKENS = new TokenUse("golden-model", 21, 13);

  private final Random random = new Random(1);
  private final List<Envelope> inbox = new ArrayList<>();
  private final List<Commit> log = new ArrayList<>();
  private final List<Commit> runLog = new ArrayList<>();
  private UserState state = UserState.empty(PERSON);
  private RunState run =
      RunState.empty(
          new PersonRun(PERSON, RunId.startedBy(EventId.ofReport(Instant.EPOCH, "golden"))));
  private Instant now = Instant.parse("2026-11-21T12:00:00.123Z");

  /**
   * Writes the files into an empty folder.
   *
   * @param arguments the folder
   */
  static void main(String[] arguments) throws IOException {
    GoldenStory story = new GoldenStory();
    story.happens();
    story.write(Path.of(arguments[0]));
  }

  private void happens() {
    EventId first = says("Grüß Gott, “chief” \u2028 of staff 🙂", false);
    commit(answer(first, "Hello.\n", StopReason.END_TURN));
    EventId second = says("Remind me of milk", false);
    says("and of bread", false);
    says("no, stop", true);
    commit(answer(second, "I", StopReason.CANCELLED));
    EventId last = inbox.getLast().operation() == null ? second : newest();
    commit(new AssistantFailed(operation(last), 1, "cut", "it broke off", true, TOKENS, "it"));
    EventId again = says("and now?", false);
    commit(new OperationCancelled(operation(again)));
    TaskId milk = TaskId.madeBy(first);
    commit(task(milk, "Milk", "2026-12-24", "two bottles", TaskPriority.HIGH));
    commit(task(TaskId.madeBy(second), "Bread", null, null, TaskPriority.NORMAL));
    commit(
        new TaskUpdated(
            milk,
            new TaskChanges(
                null, null, null, null, TaskStatus.DONE, Set.of(TaskChanges.Clearable.NOTES))));
    commit(new TaskDeleted(TaskId.madeBy(second)));
    commit(new TaskDeleted(TaskId.madeBy(again)));
    commit(
        new PreferencesUpdated(
            new Preferences(
                "Europe/Berlin",
                new Preferences.WorkHours("09:00", "17:30"),
                Map.of("seat", "aisle"),
                Map.of("travel", 0.75),
                Map.of("mail", true))));
    commit(new MessagesArchived(List.of(first.value())));
    commit(
        new Rejected(
            RejectionCode.LIMIT,
            "the limit is 60 messages a minute",
            "user.message",
            new Quota(60, 60, Instant.parse("2026-11-21T12:01:00Z")),
            TokenUse.NONE));
    says("the last word", false);
    runs();
  }

  /** All that a person's log knows of runs, and all that happens to a run. */
  private void runs() {
    EventId event = EventId.ofReport(now, "golden run");
    StepId step = StepId.of("arn", "Ask", "now", null);
    Document schema = new Document("{\"const\":true}");
    Instant deadline = now.plusSeconds(86_400);
    commit(
        new RunUpdated(
            RunId.startedBy(event),
            4,
            "approval",
            "Approval",
            RunStatus.WAITING_INPUT,
            now,
            null,
            null,
            List.of(
                new OpenQuestion(
                    InputId.askedBy(step), "Ask", "Shall we?", schema, deadline, null)),
            List.of(new OpenWait(step, "paid", new Document("{\"n\":1}"))),
            List.of(),
            List.of()));
    commit(id -> SignalSent.asked(id, "paid", new Document("{\"n\":1}"), null));
    commit(id -> SignalSent.asked(id, "unheard", Document.EMPTY, RunId.startedBy(event)));
    commit(
        new ScheduleSet(
            new Schedule(
                "mornings", "cron(0 7 * * ? *)", "Europe/Vienna", "batch", Document.EMPTY, true)));
    commit(
        new ScheduleSet(
            new Schedule("once", "at(2027-01-01T00:00:00)", "UTC", "batch", schema, false)));
    commit(new ScheduleRemoved("once"));
    commit(new MemoryUpdated("train", MemoryOp.APPEND, new Document("\"RJX\"")));
    commit(new MemoryUpdated("seat", MemoryOp.SET, new Document("7")));
    commit(new MemoryUpdated("gone", MemoryOp.CLEAR, null));
    commit(new NotificationSent("Booked", "It is booked.", RunId.startedBy(event), List.of()));
    ofRun(
        new RunStarted(
            "approval",
            "Approval",
            "a".repeat(64),
            new Document("{\"text\":\"hi\"}"),
            new Trigger(Trigger.Kind.SIGNAL, "paid"),
            "Ask",
            new Document("{\"text\":\"again\"}"),
            RunId.startedBy(event),
            new Parent(RunId.startedBy(event), step, 2, Parent.OnCancel.LEAVE),
            "parent token"));
    ofRun(new ExecutionStarted("arn:aws:states:us-east-1:0:execution:m:r"));
    ofRun(
        new StepStarted(
            step, "Ask", "Ask them", 0, 2, "ask", null, 1, Document.EMPTY, Document.EMPTY.hash()));
    ofRun(new StepFailed(step, 1, "Boom", "it broke", true, 3, TOKENS, 9));
    ofRun(
        new StepStarted(
            step, "Ask", "Ask them", 0, 2, "ask", null, 2, Document.EMPTY, Document.EMPTY.hash()));
    ofRun(
        new InputRequired(
            InputId.askedBy(step), step, 2, "Shall we?", schema, deadline, schema, "token 1"));
    ofRun(new WaitRegistered(step, 2, "paid", Document.EMPTY, deadline, "token 2"));
    ofRun(
        new InputReceived(
            InputId.askedBy(step), new Document("true"), PERSON.user().value(), null));
    ofRun(new SignalReceived(step, event, "paid", Document.EMPTY));
    ofRun(new StepCompleted(step, 2, new Document("[]"), "b".repeat(64), 7, TOKENS, 3, null));
    RunId child = RunId.startedBy(EventId.ofReport(now, "golden child"));
    ofRun(new ChildStarted(child, step, "batch", Parent.OnCancel.CANCEL));
    ofRun(new ChildEnded(child, RunStatus.COMPLETED, new Document("[1]"), null));
    ofRun(new RunCompleted(new Document("{\"ok\":true}")));
    ofRun(new RunFailed("Late", "too late", step));
    ofRun(new RunTimedOut());
    ofRun(new RunCancelled(PERSON.user().value()));
  }

  private void ofRun(Fact fact) {
    now = now.plusMillis(1_234);
    Envelope envelope =
        new Envelope(
            EventId.create(now, random),
            fact,
            PERSON,
            ConversationId.MAIN,
            inbox.getFirst().request(),
            null,
            null,
            run.subject().run(),
            null,
            1,
            now);
    inbox.add(envelope);
    Decision decision = RunRules.decide(run, envelope);
    List<Event> events = new ArrayList<>();
    for (Envelope decided : decision.facts()) {
      Event event = new Event(run.seq() + 1, now, decided);
      run = RunEvolution.evolve(run, event);
      events.add(event);
    }
    runLog.add(new Commit(run.subject(), events, decision.effects()));
  }

  private EventId newest() {
    return state.operations().list().getLast().operationId().startedBy();
  }

  private EventId says(String text, boolean interrupt) {
    return commit(new UserMessage(text, interrupt, null, false));
  }

  private static OperationId operation(EventId said) {
    return OperationId.startedBy(said);
  }

  private static AssistantMessage answer(EventId said, String text, StopReason reason) {
    return new AssistantMessage(operation(said), 1, text, reason, TOKENS);
  }

  private static TaskCreated task(
      TaskId id,
      String title,
      @Nullable String due,
      @Nullable String notes,
      TaskPriority priority) {
    return new TaskCreated(id, title, due, notes, priority, TaskStatus.OPEN, TaskSource.USER);
  }

  private EventId commit(Fact fact) {
    return commit(_ -> fact);
  }

  private EventId commit(Function<EventId, Fact> making) {
    now = now.plusMillis(1_234);
    EventId id = EventId.create(now, random);
    Fact fact = making.apply(id);
    Envelope envelope =
        new Envelope(
            id,
            fact,
            PERSON,
            ConversationId.MAIN,
            new RequestId("req_" + id.uuid()),
            fact.fromPerson() ? new ClientActionId("action " + inbox.size()) : null,
            fact.operationId(),
            null,
            null,
            fact.fromPerson() ? 0 : 1,
            now);
    inbox.add(envelope);
    Decision decision = UserRules.decide(state, envelope, Policy.DEFAULT);
    List<Event> events = new ArrayList<>();
    for (Envelope decided : decision.facts()) {
      Event event = new Event(state.seq() + 1, now, decided);
      state = UserEvolution.evolve(state, event);
      events.add(event);
    }
    log.add(new Commit(PERSON, events, decision.effects()));
    return id;
  }

  private void write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("inbox"));
    for (Envelope envelope : inbox) {
      Files.writeString(
          folder.resolve("inbox/" + envelope.fact().type() + ".json"),
          Json.tree(EnvelopeJson.toInbox(envelope)).toPrettyString() + "\n");
    }
    write(log, folder.resolve("log.json"));
    write(runLog, folder.resolve("run-log.json"));
    Files.writeString(
        folder.resolve("run-state.json"),
        Json.tree(RunStateJson.write(run)).toPrettyString() + "\n");
    Files.writeString(
        folder.resolve("run-hash.txt"), RunView.tree(run).path("hash").asText() + "\n");
    Files.writeString(
        folder.resolve("state.json"), Json.tree(StateJson.write(state)).toPrettyString() + "\n");
    Files.writeString(folder.resolve("hash.txt"), View.hash(state) + "\n");
    String effect = Effect.id(PERSON.partition(), log.getFirst().firstSeq(), 0);
    AssistantJob job =
        new AssistantJob(
            PERSON, operation(inbox.getFirst().id()), inbox.getFirst().request(), 1, effect);
    Files.writeString(
        folder.resolve("job.json"), Json.tree(JobJson.write(job)).toPrettyString() + "\n");
  }

  private static void write(List<Commit> log, Path file) throws IOException {
    ArrayNode commits = Json.object().putArray("commits");
    for (Commit commit : log) {
      commits
          .addObject()
          .put("at", commit.at().toString())
          .set("commit", Json.tree(CommitJson.write(commit)));
    }
    Files.writeString(file, commits.toPrettyString() + "\n");
  }
}
