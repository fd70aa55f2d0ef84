package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact.ChildEnded;
import dev.microcos.core.domain.log.RunFact.ChildStarted;
import dev.microcos.core.domain.log.RunFact.ExecutionStarted;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.SignalReceived;
import dev.microcos.core.domain.log.RunFact.StepCompleted;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.log.RunFact.WaitRegistered;
import dev.microcos.core.domain.run.Parent;
import dev.microcos.core.domain.run.RunEvolution;
import dev.microcos.core.domain.run.RunRules;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.run.Step;
import dev.microcos.core.wire.Canonical;
import dev.microcos.core.wire.DocumentJson;
import dev.microcos.core.wire.Frames;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.MergePatch;
import dev.microcos.core.wire.RunStateJson;
import dev.microcos.core.wire.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person sees of a run, at each of its seqs. */
class RunViewTest {

  private static final Person ANA = People.person("ana");

  private final RunPeople runs = new RunPeople(3);
  private final PersonRun run = runs.run(ANA);
  private final List<RunState> states = new ArrayList<>(List.of(RunState.empty(run)));
  private final List<Event> events = new ArrayList<>();
  private Instant now = People.NOON;

  private void comes(Fact fact) {
    now = now.plusSeconds(1);
    comes(runs.envelope(run, fact, now));
  }

  private void comes(Envelope envelope) {
    Decision decision = RunRules.decide(states.getLast(), envelope);
    for (Envelope decided : decision.facts()) {
      Event event = new Event(states.getLast().seq() + 1, now, decided);
      events.add(event);
      states.add(RunEvolution.evolve(states.getLast(), event));
    }
  }

  private static StepId id(String name) {
    return StepId.of("arn", name, "now", null);
  }

  private void step(
      String name, @Nullable Integer index, String before, String patch, String after) {
    Document input = DocumentJson.parse(before);
    comes(
        new StepStarted(
            id(name), name, "Do " + name, 0, index, "agent", null, 1, input, input.hash()));
    comes(
        new StepCompleted(
            id(name),
            1,
            DocumentJson.parse(patch),
            DocumentJson.parse(after).hash(),
            15,
            new TokenUse("golden", 10, 5),
            7,
            null));
  }

  /** A run with two steps, a branch, a change by a Pass state between them, a question, a wait. */
  private void happens() {
    comes(runs.starts(run, "Approval", now));
    comes(new ExecutionStarted("arn:aws:states:us-east-1:0:execution:test:run"));
    step(
        "Plan",
        null,
        "{\"text\":\"hello\"}",
        "[{\"op\":\"add\",\"path\":\"/plan\",\"value\":[1,2]}]",
        "{\"plan\":[1,2],\"text\":\"hello\"}");
    step("Item", 0, "{\"item\":1}", "[{\"op\":\"remove\",\"path\":\"/item\"}]", "{}");
    step(
        "Sum",
        null,
        "{\"items\":[1],\"text\":\"hello\"}",
        "[{\"op\":\"replace\",\"path\":\"/text\",\"value\":\"bye\"}]",
        "{\"items\":[1],\"text\":\"bye\"}");
    comes(
        new InputRequired(
            InputId.askedBy(id("Ask")),
            id("Ask"),
            1,
            "Shall we?",
            new Document("{\"type\":\"boolean\"}"),
            now.plus(Duration.ofDays(1)),
            new Document("false"),
            "secret token"));
    comes(
        new WaitRegistered(
            id("Await"),
            1,
            "paid",
            new Document("{\"n\":1}"),
            now.plus(Duration.ofDays(1)),
            "other"));
    comes(
        new InputReceived(
            InputId.askedBy(id("Ask")), new Document("true"), ANA.user().value(), null));
    comes(new RunCompleted(new Document("{\"ok\":true}")));
  }

  @Test
  void holds_the_state_that_all_steps_have_made() {
    happens();
    ObjectNode view = RunView.tree(states.getLast());
    assertThat(view.path("state")).isEqualTo(Json.tree("{\"items\":[1],\"text\":\"bye\"}"));
    assertThat(view.path("input")).isEqualTo(Json.tree("{\"text\":\"hello\"}"));
    assertThat(view.path("result")).isEqualTo(Json.tree("{\"ok\":true}"));
    assertThat(view.path("status").asText()).isEqualTo("completed");
    assertThat(view.path("steps")).hasSize(3);
    assertThat(view.at("/cost/micro_usd").asInt()).isEqualTo(21);
    assertThat(view.toString()).doesNotContain("secret token");
    String hash = view.remove("hash").asText();
    assertThat(hash).isEqualTo(Canonical.hash(view));
  }

  @Test
  void knows_the_state_before_each_step() {
    happens();
    RunState over = states.getLast();
    Step plan = over.steps().get(id("Plan").value());
    Step sum = over.steps().get(id("Sum").value());
    assertThat(plan).isNotNull();
    assertThat(sum).isNotNull();
    assertThat(RunView.before(over, plan).json()).isEqualTo("{\"text\":\"hello\"}");
    assertThat(RunView.before(over, sum).json()).isEqualTo("{\"items\":[1],\"text\":\"hello\"}");
  }

  @Test
  void shows_an_answer_and_a_signal_in_its_state_at_once() {
    comes(runs.starts(run, "Approval", now));
    asks("Ask", "ask", "answer");
    comes(
        new InputReceived(
            InputId.askedBy(id("Ask")), new Document("true"), ANA.user().value(), null));
    assertThat(shown()).isEqualTo("{\"answer\":true,\"text\":\"hello\"}");
    begins("Await", "await", "paid", "{\"answer\":true,\"text\":\"hello\"}");
    comes(new WaitRegistered(id("Await"), 1, "paid", null, now.plus(Duration.ofDays(1)), "other"));
    assertThat(shown()).isEqualTo("{\"answer\":true,\"text\":\"hello\"}");
    comes(new SignalReceived(id("Await"), EventId.ofReport(now, "paid"), "paid", Document.EMPTY));
    assertThat(shown()).isEqualTo("{\"answer\":true,\"paid\":{},\"text\":\"hello\"}");
  }

  @Test
  void shows_the_result_of_a_run_that_was_waited_for_in_its_state_at_once() {
    comes(runs.starts(run, "Approval", now));
    begins("Start", "start", "made", "{\"text\":\"hello\"}");
    RunId child = runs.run(ANA).run();
    comes(new ChildStarted(child, id("Start"), "batch", Parent.OnCancel.CANCEL));
    assertThat(shown()).isEqualTo("{\"text\":\"hello\"}");
    comes(new ChildEnded(child, RunStatus.COMPLETED, new Document("[1]"), null));
    assertThat(shown()).isEqualTo("{\"made\":[1],\"text\":\"hello\"}");
    assertThat(patch("Start"))
        .isEqualTo(Json.tree("[{\"op\":\"add\",\"path\":\"/made\",\"value\":[1]}]"));
    RunState read = RunStateJson.read(RunStateJson.write(states.getLast()), run);
    assertThat(RunView.tree(read)).isEqualTo(RunView.tree(states.getLast()));
  }

  @Test
  void shows_the_change_of_a_step_that_waited_once_it_is_served() {
    comes(runs.starts(run, "Approval", now));
    asks("Ask", "ask", "text");
    assertThat(patch("Ask").isMissingNode()).isTrue();
    comes(
        new InputReceived(
            InputId.askedBy(id("Ask")), new Document("true"), ANA.user().value(), null));
    String answered = "[{\"op\":\"replace\",\"path\":\"/text\",\"value\":true}]";
    assertThat(patch("Ask")).isEqualTo(Json.tree(answered));
    begins("Await", "await", "paid", "{\"text\":true}");
    comes(new WaitRegistered(id("Await"), 1, "paid", null, now.plus(Duration.ofDays(1)), "other"));
    comes(new SignalReceived(id("Await"), EventId.ofReport(now, "paid"), "paid", Document.EMPTY));
    assertThat(patch("Await"))
        .isEqualTo(Json.tree("[{\"op\":\"add\",\"path\":\"/paid\",\"value\":{}}]"));
    begins("Forget", "agent", null, "{}");
    assertThat(patch("Ask")).isEqualTo(Json.tree(answered));
    assertThat(shown()).isEqualTo("{}");
  }

  @Test
  void shows_the_change_of_a_step_in_a_branch_that_waited_but_not_in_the_runs_state() {
    comes(runs.starts(run, "Approval", now));
    Document item = new Document("{\"item\":1}");
    comes(new StepStarted(id("Ask"), "Ask", "Ask", 0, 3, "ask", "answer", 1, item, item.hash()));
    asked("Ask");
    comes(
        new InputReceived(
            InputId.askedBy(id("Ask")), new Document("true"), ANA.user().value(), null));
    assertThat(patch("Ask"))
        .isEqualTo(Json.tree("[{\"op\":\"add\",\"path\":\"/answer\",\"value\":true}]"));
    assertThat(shown()).isEqualTo("{\"text\":\"hello\"}");
  }

  @Test
  void shows_no_change_of_a_step_where_only_the_next_one_tells() {
    comes(runs.starts(run, "Approval", now));
    asks("Ask", "ask", null);
    comes(
        new InputReceived(
            InputId.askedBy(id("Ask")), new Document("true"), ANA.user().value(), null));
    assertThat(patch("Ask").isMissingNode()).isTrue();
    assertThat(shown()).isEqualTo("{\"text\":\"hello\"}");
  }

  private JsonNode patch(String step) {
    return RunView.tree(states.getLast()).at("/steps/" + id(step).value() + "/patch");
  }

  @Test
  void believes_the_next_step_rather_than_the_answer() {
    comes(runs.starts(run, "Approval", now));
    asks("Ask", "ask", "answer");
    comes(
        new InputReceived(
            InputId.askedBy(id("Ask")), new Document("true"), ANA.user().value(), null));
    begins("Forget", "agent", null, "{\"text\":\"hello\"}");
    assertThat(shown()).isEqualTo("{\"text\":\"hello\"}");
    Step forget = states.getLast().steps().get(id("Forget").value());
    assertThat(forget).isNotNull();
    assertThat(forget.input()).isNull();
    assertThat(RunView.before(states.getLast(), forget).json()).isEqualTo("{\"text\":\"hello\"}");
  }

  private String shown() {
    return RunView.state(states.getLast()).json();
  }

  private void begins(String name, String handler, @Nullable String into, String before) {
    Document input = DocumentJson.parse(before);
    comes(new StepStarted(id(name), name, name, 0, null, handler, into, 1, input, input.hash()));
  }

  private void asks(String name, String handler, @Nullable String into) {
    begins(name, handler, into, "{\"text\":\"hello\"}");
    asked(name);
  }

  private void asked(String name) {
    comes(
        new InputRequired(
            InputId.askedBy(id(name)),
            id(name),
            1,
            "Shall we?",
            new Document("{\"type\":\"boolean\"}"),
            now.plus(Duration.ofDays(1)),
            null,
            "token"));
  }

  @Test
  void comes_as_something_to_be_fetched_where_a_patch_cannot_tell_a_null() {
    comes(runs.starts(run, "Approval", now));
    String before = "{\"text\":\"hello\"}";
    step(
        "Plan",
        null,
        before,
        "[{\"op\":\"add\",\"path\":\"/plan\",\"value\":{\"due\":null}}]",
        "{\"plan\":{\"due\":null},\"text\":\"hello\"}");
    int last = states.size() - 1;
    JsonNode frame = frame(last - 1, last);
    assertThat(frame.path("fetch").asBoolean()).isTrue();
    assertThat(frame.path("run_id").asText()).isEqualTo(run.run().value());
    assertThat(frame.path("seq").asInt()).isEqualTo(last);
    assertThat(frame(0, last).path("fetch").asBoolean()).isTrue();
    begins("Next", "agent", null, "{\"plan\":{\"due\":null},\"text\":\"hello\"}");
    JsonNode next = frame(last, last + 1);
    JsonNode shown = MergePatch.apply(RunView.tree(states.get(last)), next.path("patch"));
    assertThat(shown).isEqualTo(RunView.tree(states.getLast()));
  }

  private JsonNode frame(int from, int to) {
    return Json.tree(Frames.run(states.get(from), states.get(to), events.subList(from, to)));
  }

  @Test
  void changes_by_the_patches_of_its_frames() {
    happens();
    JsonNode view = Json.object();
    for (int seq = 1; seq < states.size(); seq++) {
      JsonNode frame =
          Json.tree(Frames.run(states.get(seq - 1), states.get(seq), events.subList(seq - 1, seq)));
      assertThat(frame.path("from").asInt()).isEqualTo(seq - 1);
      assertThat(frame.toString()).doesNotContain("secret token");
      view = MergePatch.apply(view, frame.path("patch"));
      assertThat(Canonical.text(view)).isEqualTo(Canonical.text(RunView.tree(states.get(seq))));
    }
  }

  @Test
  void is_the_same_after_a_snapshot() {
    happens();
    for (RunState state : states.subList(1, states.size())) {
      RunState read = RunStateJson.read(RunStateJson.write(state), run);
      assertThat(RunView.tree(read)).isEqualTo(RunView.tree(state));
      assertThat(Json.tree(RunStateJson.write(read)))
          .isEqualTo(Json.tree(RunStateJson.write(state)));
      assertThat(read.questions()).isEqualTo(state.questions());
      assertThat(read.waits()).isEqualTo(state.waits());
    }
  }
}
