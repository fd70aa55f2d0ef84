package dev.microcos.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.run.RunEvolution;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What releases have written stays readable: the files of a version are never changed, a new
 * version gets its own folder, made by {@link GoldenStory}.
 */
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String SINCE = "schedules_since";

  static Stream<Path> versions() throws IOException {
    return folders(GOLDEN);
  }

  static Stream<Path> envelopes() throws IOException {
    return folders(GOLDEN)
        .flatMap(version -> {
          try {
            return folders(version.resolve("inbox"));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Stream<Path> folders(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList().stream();
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  private static List<Commit> log(Path version, UnaryOperator<JsonNode> changed)
      throws IOException {
    return commits(version.resolve("log.json"), changed);
  }

  private static List<Commit> commits(Path file, UnaryOperator<JsonNode> changed)
      throws IOException {
    List<Commit> commits = new ArrayList<>();
    for (JsonNode item : Json.tree(text(file))) {
      JsonNode first = item.path("commit").path("events").get(0);
      Person person = person(first, 1);
      Subject subject =
          file.endsWith("run-log.json")
              ? new PersonRun(person, new RunId(first.path("run_id").asText()))
              : person;
      Instant at = Instant.parse(item.path("at").asText());
      commits.add(CommitJson.read(Json.bytes(changed.apply(item.path("commit"))), subject, at));
    }
    return commits;
  }

  static Stream<Path> versionsWithRuns() throws IOException {
    return versions().filter(version -> Files.exists(version.resolve("run-log.json")));
  }

  @ParameterizedTest
  @MethodSource("versionsWithRuns")
  void the_log_of_a_run_folds_to_what_it_folded_to(Path version) throws IOException {
    List<Commit> log = commits(version.resolve("run-log.json"), UnaryOperator.identity());
    assertThat(commits(version.resolve("run-log.json"), GoldenTest::later)).isEqualTo(log);
    PersonRun run = (PersonRun) log.getFirst().subject();
    RunState state = RunState.empty(run);
    for (Commit commit : log) {
      for (Event event : commit.events()) {
        state = RunEvolution.evolve(state, event);
      }
    }
    assertThat(RunView.tree(state).path("hash").asText())
        .isEqualTo(text(version.resolve("run-hash.txt")));
    JsonNode kept = Json.tree(text(version.resolve("run-state.json")));
    RunState read = RunStateJson.read(Json.bytes(kept), run);
    assertThat(Json.tree(RunStateJson.write(read))).isEqualTo(Json.tree(RunStateJson.write(state)));
    assertThat(RunView.tree(RunStateJson.read(Json.bytes(later(kept)), run)))
        .isEqualTo(RunView.tree(state));
  }

  private static Person person(JsonNode envelope, int generation) {
    return new Person(new UserId(envelope.path("user_id").asText()), generation);
  }

  private static UserState fold(List<Commit> commits) {
    UserState state = UserState.empty(commits.getFirst().person());
    for (Commit commit : commits) {
      for (Event event : commit.events()) {
        state = UserEvolution.evolve(state, event);
      }
    }
    return state;
  }

  /** The hash of the view without the sections that later releases added and that are empty. */
  private static String hash(UserState state) {
    ObjectNode view = View.tree(state);
    for (String added : List.of("notifications", "schedules")) {
      if (view.path(added).isEmpty()) {
        view.remove(added);
      }
    }
    return Canonical.hash(view);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void the_log_folds_to_what_it_folded_to(Path version) throws IOException {
    UserState state = fold(log(version, UnaryOperator.identity()));
    assertThat(hash(state)).isEqualTo(text(version.resolve("hash.txt")));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void the_snapshot_is_the_fold_of_the_log(Path version) throws IOException {
    UserState folded = fold(log(version, UnaryOperator.identity()));
    byte[] kept = Files.readAllBytes(version.resolve("state.json"));
    UserState read = StateJson.read(kept, folded.person());
    assertThat(hash(read)).isEqualTo(hash(folded));
    boolean hasTimes = Json.tree(kept).has(SINCE);
    assertThat(written(read, hasTimes)).isEqualTo(written(folded, hasTimes));
  }

  /** A state as it is kept; a release that did not know since when schedules hold cannot say. */
  private static JsonNode written(UserState state, boolean hasTimes) {
    JsonNode tree = Json.tree(StateJson.write(state));
    return hasTimes ? tree : ((ObjectNode) tree).without(SINCE);
  }

  @Test
  void since_when_a_schedule_holds_is_kept_or_else_when_the_snapshot_was_written()
      throws IOException {
    Path version = GOLDEN.resolve("v2");
    UserState folded = fold(log(version, UnaryOperator.identity()));
    UserState read =
        StateJson.read(Files.readAllBytes(version.resolve("state.json")), folded.person());
    assertThat(read.schedules().list())
        .extracting(KeptSchedule::since)
        .containsExactly(read.committedAt());
    assertThat(folded.schedules().list())
        .singleElement()
        .satisfies(kept -> assertThat(kept.since()).isBefore(folded.committedAt()));
    for (UserState state : List.of(read, folded)) {
      assertThat(StateJson.read(StateJson.write(state), state.person()).schedules())
          .isEqualTo(state.schedules());
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void a_job_is_read(Path version) throws IOException {
    String job = text(version.resolve("job.json"));
    assertThat(Json.tree(JobJson.write(JobJson.read(job)))).isEqualTo(Json.tree(job));
    assertThat(JobJson.read(Json.text(later(Json.tree(job))))).isEqualTo(JobJson.read(job));
  }

  @ParameterizedTest
  @MethodSource("envelopes")
  void an_envelope_in_the_inbox_is_read(Path file) throws IOException {
    String type = file.getFileName().toString().replaceFirst("\\.json$", "");
    Envelope read = EnvelopeJson.fromInbox(text(file));
    assertThat(read.fact().type()).isEqualTo(type);
    assertThat(EnvelopeJson.fromInbox(EnvelopeJson.toInbox(read))).isEqualTo(read);
  }

  @Nested
  class fields_that_a_later_release_added {

    @Test
    void are_passed_by_in_the_inbox() throws IOException {
      for (Path file : envelopes().toList()) {
        assertThat(EnvelopeJson.fromInbox(Json.text(later(Json.tree(text(file))))))
            .as("%s", file)
            .isEqualTo(EnvelopeJson.fromInbox(text(file)));
      }
    }

    @Test
    void are_passed_by_in_the_log_and_in_snapshots() throws IOException {
      for (Path version : versions().toList()) {
        List<Commit> commits = log(version, UnaryOperator.identity());
        assertThat(log(version, GoldenTest::later)).isEqualTo(commits);
        JsonNode state = Json.tree(text(version.resolve("state.json")));
        UserState read = StateJson.read(Json.bytes(later(state)), commits.getFirst().person());
        assertThat(hash(read)).isEqualTo(text(version.resolve("hash.txt")));
      }
    }
  }

  @Nested
  class a_version_that_is_not_ours {

    @Test
    void waits_for_a_later_release_if_it_is_newer() throws IOException {
      for (Path file : envelopes().toList()) {
        ObjectNode newer = object(text(file)).put("version", Envelope.VERSION + 1);
        assertThatThrownBy(() -> EnvelopeJson.fromInbox(Json.text(newer)))
            .isInstanceOf(UnknownTypeException.class);
      }
      for (Path version : versions().toList()) {
        ObjectNode newer =
            object(text(version.resolve("state.json"))).put("version", UserState.VERSION + 1);
        Person person = log(version, UnaryOperator.identity()).getFirst().person();
        assertThatThrownBy(() -> StateJson.read(Json.bytes(newer), person))
            .isInstanceOf(UnknownTypeException.class);
        assertThatThrownBy(() -> log(version, GoldenTest::newer))
            .isInstanceOf(UnknownTypeException.class);
      }
    }

    @Test
    void is_refused_if_it_is_too_old_or_none() throws IOException {
      for (Path file : envelopes().toList()) {
        ObjectNode old = object(text(file)).put("version", 0);
        assertRefused(old);
        assertRefused(old.deepCopy().without("version"));
        assertRefused(old.deepCopy().put("version", "one"));
      }
    }

    private void assertRefused(ObjectNode envelope) {
      assertThat(EnvelopeJson.fromInbox(Json.text(envelope)).fact())
          .isInstanceOfSatisfying(
              Rejected.class,
              refused -> assertThat(refused.code()).isEqualTo(RejectionCode.INVALID));
    }
  }

  @Test
  void an_earlier_version_is_brought_up_step_by_step() {
    UnaryOperator<ObjectNode> renamed =
        json -> {
          json.set("text", json.remove("words"));
          return json;
        };
    UnaryOperator<ObjectNode> louder = json -> json.put("text", json.path("text").asText() + "!");
    Versions versions = new Versions("a test", List.of(renamed, louder));
    ObjectNode first = Json.object().put("version", 1).put("words", "hello");
    assertThat(versions.today(first))
        .isEqualTo(Json.object().put("version", 3).put("text", "hello!"));
    assertThat(first.path("words").asText()).isEqualTo("hello");
    ObjectNode second = Json.object().put("version", 2).put("text", "hello");
    assertThat(versions.today(second)).isEqualTo(versions.today(first));
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Json.tree(json);
  }

  /** The same as a later release of the same version might write it: more fields everywhere. */
  private static JsonNode later(JsonNode tree) {
    JsonNode copy = tree.deepCopy();
    List<JsonNode> all = new ArrayList<>(List.of(copy));
    for (int i = 0; i < all.size(); i++) {
      JsonNode each = all.get(i);
      each.forEach(all::add);
      boolean open = each.path("version").isInt() || each.has("type") || each.has("events");
      boolean row = each.has("id") || each.has("effect") || each.has("effect_id");
      if (each instanceof ObjectNode object && (open || row)) {
        object.putObject("of_a_later_release").put("as", "it likes");
      }
    }
    return copy;
  }

  private static JsonNode newer(JsonNode commit) {
    JsonNode copy = commit.deepCopy();
    copy.path("events").forEach(event -> ((ObjectNode) event).put("version", 2));
    return copy;
  }
}
