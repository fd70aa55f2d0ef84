package dev.microcos.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.RunEffect.StopCall;
import dev.microcos.core.domain.log.RunEffect.StopExecution;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeJsonTest {

  private final Schemas schemas = new Schemas();

  private static ObjectNode sample(String type) throws IOException {
    String path = "/dev/microcos/events/envelopes/" + type + ".sample.json";
    try (InputStream in = EnvelopeJsonTest.class.getResourceAsStream(path)) {
      return (ObjectNode) Json.tree(Objects.requireNonNull(in).readAllBytes());
    }
  }

  private static Person person(ObjectNode json) {
    return new Person(new UserId(json.path("user_id").asText()), 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user.message",
        "assistant.message",
        "assistant.failed",
        "operation.cancelled",
        "task.created",
        "task.updated",
        "task.deleted",
        "preferences.updated",
        "messages.archived",
        "rejected",
        "run.started",
        "run.execution_started",
        "step.started",
        "step.completed",
        "step.failed",
        "input.required",
        "input.received",
        "wait.registered",
        "signal.received",
        "child.started",
        "child.ended",
        "run.completed",
        "run.failed",
        "run.cancelled",
        "run.timed_out",
        "run.updated",
        "signal.sent",
        "schedule.set",
        "schedule.removed",
        "memory.updated",
        "notification.sent"
      })
  void what_the_samples_show_is_read_and_written_again(String type) throws IOException {
    ObjectNode sample = sample(type);
    Envelope envelope = EnvelopeJson.read(sample, person(sample));
    Event event = new Event(sample.path("seq").asLong(1), Instant.EPOCH, envelope);
    ObjectNode written = (ObjectNode) Json.tree(Json.bytes(out -> EnvelopeJson.write(event, out)));
    assertThat(schemas.faults("envelopes/" + type, written)).isEmpty();
    if (!sample.has("conversation_id")) {
      written.remove("conversation_id");
    }
    if (!sample.has("seq")) {
      written.remove("seq");
    }
    sample.remove("generation");
    assertThat(written).isEqualTo(sample);
  }

  @Test
  void the_inbox_gives_back_what_was_put_in() throws IOException {
    ObjectNode sample = sample("task.created");
    Envelope envelope = EnvelopeJson.read(sample, person(sample));
    assertThat(EnvelopeJson.fromInbox(EnvelopeJson.toInbox(envelope))).isEqualTo(envelope);
  }

  @ParameterizedTest
  @CsvSource({
    "run.started, parent_token",
    "input.required, token",
    "wait.registered, token",
  })
  void what_an_execution_waits_with_is_kept_but_never_shown(String type, String field)
      throws IOException {
    ObjectNode sample = sample(type);
    sample.withObject("payload").put(field, "a token");
    assertThat(schemas.faults("envelopes/" + type, sample)).isEmpty();
    Envelope envelope = EnvelopeJson.read(sample, person(sample));
    Event event = new Event(1, Instant.EPOCH, envelope);
    Commit commit = new Commit(envelope.subject(), List.of(event), List.of());
    assertThat(EnvelopeJson.toInbox(envelope)).contains("a token");
    assertThat(CommitJson.read(CommitJson.write(commit), envelope.subject(), Instant.EPOCH))
        .isEqualTo(commit);
    assertThat(Json.tree(Json.bytes(out -> EnvelopeJson.write(event, out))).toString())
        .doesNotContain("a token");
  }

  @Test
  void what_a_commit_of_a_run_stops_is_kept() throws IOException {
    ObjectNode sample = sample("run.cancelled");
    Envelope envelope = EnvelopeJson.read(sample, person(sample));
    List<Effect> effects =
        List.of(
            new StopExecution("Run.Cancelled", "cancelled by ana"),
            new StopCall(OperationId.startedBy(envelope.id())),
            new TellPerson());
    Commit commit =
        new Commit(envelope.subject(), List.of(new Event(1, Instant.EPOCH, envelope)), effects);
    assertThat(CommitJson.read(CommitJson.write(commit), envelope.subject(), Instant.EPOCH))
        .isEqualTo(commit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"input.required", "wait.registered"})
  void what_does_not_tell_its_attempt_is_of_the_first(String type) throws IOException {
    ObjectNode before = sample(type);
    before.withObject("payload").remove("attempt");
    assertThat(schemas.faults("envelopes/" + type, before)).isEmpty();
    Person person = person(before);
    assertThat(EnvelopeJson.read(before, person))
        .isEqualTo(EnvelopeJson.read(sample(type), person));
    ObjectNode third = sample(type);
    third.withObject("payload").put("attempt", 3);
    assertThat(EnvelopeJson.read(third, person))
        .isNotEqualTo(EnvelopeJson.read(sample(type), person));
  }

  @Test
  void a_payload_that_does_not_fit_becomes_a_refusal() throws IOException {
    ObjectNode broken = sample("task.created");
    broken.put("generation", 1).putObject("payload").put("title", 1);
    assertThat(EnvelopeJson.fromInbox(Json.text(broken)).fact())
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(RejectionCode.INVALID);
              assertThat(refused.refused()).isEqualTo("task.created");
            });
  }

  @Test
  void what_a_later_release_wrote_waits_for_it() throws IOException {
    ObjectNode later = sample("task.created");
    later.put("generation", 1).put("type", "task.split");
    assertThatThrownBy(() -> EnvelopeJson.fromInbox(Json.text(later)))
        .isInstanceOf(UnknownTypeException.class);
    ObjectNode newer = sample("task.created");
    newer.put("generation", 1).put("version", 2);
    assertThatThrownBy(() -> EnvelopeJson.fromInbox(Json.text(newer)))
        .isInstanceOf(UnknownTypeException.class);
  }
}
