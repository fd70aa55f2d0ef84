package dev.microcos.events;

import static dev.microcos.events.Documents.faults;
import static dev.microcos.events.Documents.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopesTest {

  static List<String> types() {
    return Documents.types();
  }

  private static String schemaOf(String type) {
    return "envelopes/" + type + ".schema.json";
  }

  @Nested
  class Every_type {
    @Test
    void has_a_schema_and_a_sample() {
      assertThat(Documents.types())
          .contains("user.message", "assistant.message", "task.created", "rejected")
          .hasSizeGreaterThanOrEqualTo(10)
          .containsExactlyElementsOf(
              Documents.files("envelopes", ".sample.json").stream()
                  .map(file -> Documents.nameOf(file, ".sample.json"))
                  .toList());
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.events.EnvelopesTest#types")
    void says_what_it_is(String type) {
      ObjectNode schema = Documents.read(Path.of("envelopes", type + ".schema.json"));
      assertThat(schema.path("title").asText()).isEqualTo(type);
      assertThat(schema.path("description").asText()).isNotBlank();
      assertThat(schema.path("x-kind").asText()).isIn("request", "fact");
      assertThat(schema.at("/properties/type/const").asText()).isEqualTo(type);
      assertThat(schema.at("/properties/payload/additionalProperties"))
          .isEqualTo(Documents.JSON.getNodeFactory().booleanNode(false));
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.events.EnvelopesTest#types")
    void accepts_its_sample(String type) {
      assertThat(faults(schemaOf(type), sample(type))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.events.EnvelopesTest#types")
    void accepts_its_sample_before_the_log_has_added_a_seq(String type) {
      ObjectNode envelope = sample(type);
      assertThat(envelope.remove("seq")).isNotNull();
      assertThat(faults(schemaOf(type), envelope)).isEmpty();
      assertThat(faults("api/event.schema.json", envelope)).contains(" required");
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.events.EnvelopesTest#types")
    void refuses_a_field_that_it_does_not_know(String type) {
      ObjectNode outside = sample(type).put("isAdmin", true);
      assertThat(faults(schemaOf(type), outside)).containsExactly(" additionalProperties");
      ObjectNode inside = sample(type);
      ((ObjectNode) inside.path("payload")).put("extra", 1);
      assertThat(faults(schemaOf(type), inside)).containsExactly("/payload additionalProperties");
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.events.EnvelopesTest#types")
    void refuses_the_loss_of_any_required_field(String type) {
      JsonNode base = Documents.read(Path.of("envelopes/envelope.schema.json")).path("required");
      assertThat(base).hasSizeGreaterThanOrEqualTo(8);
      for (JsonNode field : base) {
        ObjectNode envelope = sample(type);
        assertThat(envelope.remove(field.asText())).as(field.asText()).isNotNull();
        assertThat(faults(schemaOf(type), envelope)).contains(" required");
      }
      JsonNode own =
          Documents.read(Path.of("envelopes", type + ".schema.json"))
              .at("/properties/payload/required");
      boolean holdsNothing = type.equals("run.timed_out");
      assertThat(own.isEmpty()).isEqualTo(holdsNothing);
      for (JsonNode field : own) {
        ObjectNode envelope = sample(type);
        ObjectNode payload = (ObjectNode) envelope.path("payload");
        assertThat(payload.remove(field.asText())).as(field.asText()).isNotNull();
        assertThat(faults(schemaOf(type), envelope)).contains("/payload required");
      }
    }

    @ParameterizedTest
    @MethodSource("dev.microcos.events.EnvelopesTest#types")
    void refuses_the_name_of_another_type(String type) {
      assertThat(faults(schemaOf(type), sample(type).put("type", "user.shouted")))
          .containsExactly("/type const");
    }
  }

  @Nested
  class The_envelope {
    @ParameterizedTest
    @CsvSource({
      "event_id, evt_1",
      "event_id, req_01a1fd70-f5a8-7b3a-9c41-5d2f8e7a0001",
      "event_id, evt_01A1FD70-F5A8-7B3A-9C41-5D2F8E7A0001",
      "event_id, xevt_01a1fd70-f5a8-7b3a-9c41-5d2f8e7a0001",
      "request_id, req_01a1fd70f5a87b3a9c415d2f8e7a0001",
      "user_id, usr_K5UC",
      "user_id, me",
      "user_id, usr_0189",
      "conversation_id, Main",
      "conversation_id, -a",
      "operation_id, evt_01a1fd70-f5a8-7b3a-9c41-5d2f8e7a0001",
      "run_id, 1",
      "causation_id, req_01a1fd70-f5a8-7b3a-9c41-5d2f8e7a0001",
      "client_action_id, ''",
      "timestamp, 2026-11-21T09:30:01Z",
      "timestamp, 2026-11-21T09:30:01.137+00:00",
      "timestamp, 2026-13-21T09:30:01.137Z",
      "timestamp, 2026-11-21 09:30:01.137Z",
    })
    void refuses_an_id_or_time_of_another_shape(String field, String value) {
      assertThat(faults(schemaOf("user.message"), sample("user.message").put(field, value)))
          .isNotEmpty()
          .allMatch(fault -> fault.startsWith("/" + field + " "));
    }

    @Test
    void refuses_a_line_break_after_an_id() {
      ObjectNode envelope = sample("user.message");
      envelope.put("conversation_id", "main\n");
      assertThat(faults(schemaOf("user.message"), envelope))
          .containsExactly("/conversation_id pattern");
    }

    @Test
    void names_a_generation_in_the_inbox_only() {
      ObjectNode envelope = sample("task.deleted");
      assertThat(faults("api/event.schema.json", envelope)).isEmpty();
      envelope.put("generation", 1);
      assertThat(faults(schemaOf("task.deleted"), envelope)).isEmpty();
      assertThat(faults("api/event.schema.json", envelope)).isNotEmpty();
    }

    @Test
    void refuses_numbers_that_are_none() {
      for (String field : List.of("version", "hops", "seq")) {
        assertThat(faults(schemaOf("user.message"), sample("user.message").put(field, "1")))
            .containsExactly("/" + field + " type");
        assertThat(faults(schemaOf("user.message"), sample("user.message").put(field, 1.5)))
            .containsExactly("/" + field + " type");
        assertThat(faults(schemaOf("user.message"), sample("user.message").put(field, -1)))
            .containsExactly("/" + field + " minimum");
        assertThat(faults(schemaOf("user.message"), sample("user.message").putNull(field)))
            .containsExactly("/" + field + " type");
      }
    }
  }

  @Nested
  class A_payload {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            user.message        | {'text':''} | /payload/text
            user.message        | {'text':['hi']} | /payload/text
            user.message        | {'text':'hi','interrupt':'yes'} | /payload/interrupt
            user.message        | {'text':'hi','operation_id':'1'} | /payload/operation_id
            assistant.message   | {'stop_reason':'tired'} | /payload/stop_reason
            assistant.message   | {'attempt':0} | /payload/attempt
            assistant.message   | {'input_tokens':-1} | /payload/input_tokens
            assistant.failed    | {'code':'Throttled!'} | /payload/code
            assistant.failed    | {'retryable':'no'} | /payload/retryable
            operation.cancelled | {'operation_id':null} | /payload/operation_id
            operation.retried   | {'queued':'no'} | /payload/queued
            calendar.event_added | {'title':''} | /payload/title
            calendar.event_added | {'starts_at':'tomorrow'} | /payload/starts_at
            calendar.event_added | {'ends_at':null} | /payload/ends_at
            calendar.event_added | {'time_zone':'my zone'} | /payload/time_zone
            calendar.event_added | {'location':''} | /payload/location
            calendar.event_removed | {'calendar_event_id':'cal_1'} | /payload/calendar_event_id
            task.created        | {'title':'   '} | /payload/title
            task.created        | {'due':'tomorrow'} | /payload/due
            task.created        | {'due':null} | /payload/due
            task.created        | {'due':'2026-11-24T09:00'} | /payload/due
            task.created        | {'priority':'urgent'} | /payload/priority
            task.created        | {'status':'deleted'} | /payload/status
            task.created        | {'source':'me'} | /payload/source
            task.created        | {'task_id':'task_1'} | /payload/task_id
            task.updated        | {'changes':{}} | /payload/changes
            task.updated        | {'changes':{'title':null}} | /payload/changes/title
            task.updated        | {'changes':{'status':null}} | /payload/changes/status
            task.updated        | {'changes':{'source':'user'}} | /payload/changes
            task.deleted        | {'task_id':7} | /payload/task_id
            messages.archived   | {'message_ids':[]} | /payload/message_ids
            messages.archived   | {'message_ids':['msg_1']} | /payload/message_ids/0
            rejected            | {'code':'because'} | /payload/code
            rejected            | {'type':'User Message'} | /payload/type
            rejected            | {'limit':'sixty'} | /payload/limit
            rejected            | {'reset_at':'soon'} | /payload/reset_at
            """)
    void refuses_what_its_type_does_not_mean(String type, String change, String pointer) {
      ObjectNode envelope = sample(type);
      ((ObjectNode) envelope.path("payload")).setAll(Documents.json(change));
      assertThat(faults(schemaOf(type), envelope))
          .isNotEmpty()
          .allMatch(fault -> fault.startsWith(pointer + " "));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {'mood':'good'} | ''
            {'time_zone':'a b'} | /time_zone
            {'work_hours':{'start':'9','end':'17:00'}} | /work_hours/start
            {'work_hours':{'start':'09:00'}} | /work_hours
            {'travel':{'seat':{'row':1}}} | /travel/seat
            {'travel':{'Seat':'aisle'}} | /travel
            {'notifications':{'email':null}} | /notifications/email
            {'thresholds':{'travel_event':1.1}} | /thresholds/travel_event
            """)
    void refuses_preferences_that_mean_nothing(String preferences, String pointer) {
      ObjectNode envelope = sample("preferences.updated");
      ((ObjectNode) envelope.path("payload")).set("preferences", Documents.json(preferences));
      assertThat(faults(schemaOf("preferences.updated"), envelope))
          .isNotEmpty()
          .allMatch(fault -> fault.startsWith("/payload/preferences" + pointer + " "));
    }

    @Test
    void refuses_text_that_is_too_long() {
      ObjectNode envelope = sample("user.message");
      ObjectNode payload = (ObjectNode) envelope.path("payload");
      payload.put("text", "é".repeat(16384));
      assertThat(faults(schemaOf("user.message"), envelope)).isEmpty();
      payload.put("text", "é".repeat(16385));
      assertThat(faults(schemaOf("user.message"), envelope))
          .containsExactly("/payload/text maxLength");
    }
  }
}
