package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.MemoryOp;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import dev.microcos.core.domain.log.UserFact.NotificationSent;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.log.UserFact.PreferencesUpdated;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.log.UserFact.TaskUpdated;
import dev.microcos.core.domain.run.OpenQuestion;
import dev.microcos.core.domain.run.OpenWait;
import dev.microcos.core.domain.run.RunStatus;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.Preferences;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.domain.user.TaskChanges;
import dev.microcos.core.domain.user.TaskStatus;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserRules;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.Frames;
import dev.microcos.core.wire.Json;
import dev.microcos.core.wire.MergePatch;
import dev.microcos.core.wire.StateJson;
import dev.microcos.core.wire.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {

  private static final Person ANA = People.person("ana");
  private static final Policy KEEP_FEW =
      new Policy(100_000, 100_000, 1_000_000, 10, Duration.ofDays(30));

  /** The states that a random story goes through. */
  private static List<UserState> story(long seed) {
    Random random = new Random(seed);
    People people = new People(seed);
    List<UserState> states = new ArrayList<>();
    states.add(UserState.empty(ANA));
    List<Envelope> said = new ArrayList<>();
    List<TaskId> tasks = new ArrayList<>();
    Instant now = People.NOON;
    for (int i = 0; i < 200; i++) {
      now = now.plusSeconds(random.nextInt(100_000));
      Envelope envelope = next(random, people, said, tasks, now);
      UserState state = states.getLast();
      Decision decision = UserRules.decide(state, envelope, KEEP_FEW);
      for (Envelope fact : decision.facts()) {
        state = UserEvolution.evolve(state, new Event(state.seq() + 1, now, fact));
      }
      states.add(state);
    }
    return states;
  }

  private static Envelope next(
      Random random, People people, List<Envelope> said, List<TaskId> tasks, Instant now) {
    return switch (random.nextInt(said.isEmpty() || tasks.isEmpty() ? 2 : 16)) {
      case 0 -> {
        said.add(people.says(ANA, "text " + random.nextInt(), now));
        yield said.getLast();
      }
      case 1 -> {
        Envelope added = people.adds(ANA, "task “" + random.nextInt() + "”", now);
        tasks.add(TaskId.madeBy(added.id()));
        yield added;
      }
      case 2 -> people.answers(any(random, said), "an answer", StopReason.END_TURN, now);
      case 3 -> people.stops(ANA, OperationId.startedBy(any(random, said).id()), now);
      case 4 -> {
        TaskChanges done =
            new TaskChanges(
                null, null, null, null, TaskStatus.DONE, Set.of(TaskChanges.Clearable.DUE));
        TaskId task = any(random, tasks);
        yield people.envelope(ANA, now, _ -> new TaskUpdated(task, done));
      }
      case 5 -> {
        TaskId task = any(random, tasks);
        yield people.envelope(ANA, now, _ -> new TaskDeleted(task));
      }
      case 6 -> {
        Preferences preferences =
            new Preferences(
                random.nextBoolean() ? "Europe/Berlin" : null,
                null,
                Map.of("seat", random.nextBoolean() ? "aisle" : "window"),
                Map.of("travel", random.nextDouble()),
                Map.of("mornings", random.nextBoolean()));
        yield people.envelope(ANA, now, _ -> new PreferencesUpdated(preferences));
      }
      case 7 -> people.envelope(ANA, now, id -> run(random, id, now));
      case 8 -> {
        MemoryOp op = any(random, List.of(MemoryOp.values()));
        Document value = new Document("{\"n\":" + random.nextInt(9) + "}");
        MemoryUpdated memory =
            new MemoryUpdated("key " + random.nextInt(3), op, op == MemoryOp.CLEAR ? null : value);
        yield people.envelope(ANA, now, _ -> memory);
      }
      case 9 ->
          people.envelope(ANA, now, _ -> new NotificationSent("told", "text", null, List.of()));
      case 10 -> {
        Schedule schedule =
            new Schedule("s" + random.nextInt(3), "rate(1 day)", "UTC", "w", Document.EMPTY, true);
        yield people.envelope(ANA, now, _ -> new ScheduleSet(schedule));
      }
      case 11 -> {
        String name = "s" + random.nextInt(3);
        yield people.envelope(ANA, now, _ -> new ScheduleRemoved(name));
      }
      case 12 ->
          people.envelope(ANA, now, id -> SignalSent.asked(id, "paid", Document.EMPTY, null));
      case 13 -> {
        OperationId call = OperationId.startedBy(any(random, said).id());
        AssistantFailed failed =
            new AssistantFailed(
                call, 1 + random.nextInt(3), "cut", "it broke off", true, TokenUse.NONE, "an");
        yield people.envelope(ANA, now, _ -> failed);
      }
      case 14 -> {
        OperationId call = OperationId.startedBy(any(random, said).id());
        yield people.envelope(ANA, now, _ -> new OperationRetried(call, null, false));
      }
      default -> people.interrupts(ANA, "no, wait", now);
    };
  }

  /** News of one of three runs: it asks something, waits for something, or is over. */
  private static RunUpdated run(Random random, EventId id, Instant now) {
    int which = random.nextInt(3);
    RunId run = RunId.startedBy(EventId.ofReport(People.NOON, "run " + which));
    StepId step = StepId.of("arn", "step " + random.nextInt(2), "now", which);
    boolean asks = random.nextBoolean();
    RunStatus status =
        random.nextInt(9) == 0
            ? RunStatus.COMPLETED
            : asks ? RunStatus.WAITING_INPUT : RunStatus.WAITING_SIGNAL;
    OpenQuestion question =
        new OpenQuestion(
            InputId.askedBy(step),
            "Ask",
            id.value(),
            Document.EMPTY,
            now.plusSeconds(60),
            asks ? new Document("false") : null);
    OpenWait wait = new OpenWait(step, "paid", null);
    return new RunUpdated(
        run,
        now.getEpochSecond(),
        "w",
        "W",
        status,
        People.NOON,
        status.isOver() ? now : null,
        null,
        asks && !status.isOver() ? List.of(question) : List.of(),
        asks || status.isOver() ? List.of() : List.of(wait),
        List.of(),
        List.of());
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_patch_leads_from_any_view_to_any_later_one(long seed) {
    List<UserState> states = story(seed);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      int first = random.nextInt(states.size());
      UserState from = states.get(first);
      UserState to = states.get(first + random.nextInt(states.size() - first));
      JsonNode patch = Json.tree(Json.bytes(out -> View.patch(from, to, out)));
      assertThat(MergePatch.apply(View.tree(from), patch)).isEqualTo(View.tree(to));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void a_state_that_was_written_goes_on_as_if_it_had_not_been(long seed) {
    List<UserState> states = story(seed);
    for (UserState state : states) {
      UserState read = StateJson.read(StateJson.write(state), ANA);
      assertThat(View.tree(read)).isEqualTo(View.tree(state));
      assertThat(read.minute()).isEqualTo(state.minute());
      assertThat(read.committedAt()).isEqualTo(state.committedAt());
      assertThat(read.ring().chunks()).isDeepEqualTo(state.ring().chunks());
      assertThat(read.operations()).isEqualTo(state.operations());
      assertThat(read.runs()).isEqualTo(state.runs());
      assertThat(read.questions()).isEqualTo(state.questions());
      assertThat(read.waits()).isEqualTo(state.waits());
      assertThat(read.signals()).isEqualTo(state.signals());
      assertThat(read.schedules()).isEqualTo(state.schedules());
      assertThat(read.memory()).isEqualTo(state.memory());
      assertThat(read.notifications()).isEqualTo(state.notifications());
    }
  }

  @Test
  void a_view_holds_no_null() {
    for (UserState state : story(6)) {
      assertThat(Json.text(View.tree(state))).doesNotContain("null");
    }
  }

  @Test
  void a_commit_is_to_be_fetched_where_a_patch_cannot_tell_a_null() {
    UserState empty = UserState.empty(ANA);
    UserState with = after(empty, schedule("{\"to\":{\"cc\":null}}"));
    assertThat(View.canPatch(empty, with)).isFalse();
    JsonNode frame = Json.tree(Frames.commit(empty, with, List.of()));
    assertThat(frame).isEqualTo(Json.tree("{\"type\":\"commit\",\"seq\":1,\"fetch\":true}"));
    assertThat(Json.tree(Frames.snapshot(with)).at("/state/schedules/s/input/to").has("cc"))
        .isTrue();

    assertThat(View.canPatch(with, after(with, schedule("{\"to\":{}}")))).isTrue();
    assertThat(View.canPatch(with, after(with, new ScheduleRemoved("s")))).isTrue();
    assertThat(View.canPatch(empty, after(empty, schedule("{\"to\":[null]}")))).isTrue();
    assertThat(View.canPatch(empty, after(empty, remembered("null")))).isFalse();
    assertThat(View.canPatch(empty, after(empty, asked(1, "{\"const\":null}")))).isFalse();
    assertThat(View.canPatch(empty, after(empty, asked(1, "{\"enum\":[null]}")))).isTrue();
  }

  /** By rows that changed it is known of the whole. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void a_patch_can_lead_to_a_later_view_where_it_does(long seed) {
    Random random = new Random(seed);
    List<String> documents =
        List.of("null", "5", "{}", "[null]", "{\"a\":1}", "{\"a\":null}", "{\"a\":{\"b\":null}}");
    List<UserState> states = new ArrayList<>(List.of(UserState.empty(ANA)));
    for (int i = 0; i < 60; i++) {
      String document = any(random, documents);
      Fact fact =
          switch (random.nextInt(6)) {
            case 0 -> schedule(document);
            case 1 -> new ScheduleRemoved("s");
            case 2 -> asked(i + 1, document);
            case 3 -> new MemoryUpdated("key", MemoryOp.CLEAR, null);
            case 4 -> new MemoryUpdated("other", MemoryOp.APPEND, new Document(document));
            default -> remembered(document);
          };
      states.add(after(states.getLast(), fact));
    }
    for (int i = 0; i < 500; i++) {
      int first = random.nextInt(states.size());
      UserState from = states.get(first);
      UserState to = states.get(first + random.nextInt(states.size() - first));
      JsonNode patch = Json.tree(Json.bytes(out -> View.patch(from, to, out)));
      assertThat(View.canPatch(from, to))
          .as("from %s to %s", from.seq(), to.seq())
          .isEqualTo(MergePatch.leads(View.tree(from), patch, View.tree(to)));
    }
  }

  private static ScheduleSet schedule(String input) {
    return new ScheduleSet(new Schedule("s", "rate(1 day)", "UTC", "w", new Document(input), true));
  }

  private static MemoryUpdated remembered(String value) {
    return new MemoryUpdated("key", MemoryOp.SET, new Document(value));
  }

  /** News of a run that asks for what this schema takes; the later, the higher its seq. */
  private static RunUpdated asked(long runSeq, String schema) {
    StepId step = StepId.of("arn", "Ask", "now", 0);
    Instant deadline = People.NOON.plusSeconds(60);
    OpenQuestion question =
        new OpenQuestion(
            InputId.askedBy(step), "Ask", "Which?", new Document(schema), deadline, null);
    return new RunUpdated(
        RunId.startedBy(EventId.ofReport(People.NOON, "run")),
        runSeq,
        "w",
        "W",
        RunStatus.WAITING_INPUT,
        People.NOON,
        null,
        null,
        List.of(question),
        List.of(),
        List.of(),
        List.of());
  }

  private static UserState after(UserState state, Fact fact) {
    Envelope envelope = new People(state.seq()).envelope(ANA, People.NOON, _ -> fact);
    return UserEvolution.evolve(state, new Event(state.seq() + 1, People.NOON, envelope));
  }

  @Test
  void a_views_hash_is_of_what_it_says_alone() {
    UserState state = story(7).getLast();
    UserState read = StateJson.read(StateJson.write(state), ANA);
    assertThat(View.hash(read)).isEqualTo(View.hash(state)).hasSize(64);
    assertThat(View.hash(story(8).getLast())).isNotEqualTo(View.hash(state));
  }
}
