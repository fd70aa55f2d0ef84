package dev.microcos.events;

import static dev.microcos.events.Documents.faults;
import static dev.microcos.events.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

  private static String request(String name) {
    return "api/requests/" + name + ".schema.json";
  }

  private static String frame(String name) {
    return "api/frames/" + name + ".schema.json";
  }

  @Nested
  class A_body {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            post-message    | {'text':'hi'}
            post-message    | {'text':'hi','conversation_id':'trip-2','interrupt':true}
            post-task       | {'title':'Call Ana'}
            post-task       | {'title':'Call Ana','due':'2026-11-24','notes':'','priority':'low'}
            post-task       | {'title':'Call Ana','due':'2026-11-24T09:00:00Z','status':'done'}
            post-task       | {'title':'Call Ana','due':'2026-11-24T09:00:00.5+01:00'}
            patch-task      | {'status':'done'}
            patch-task      | {'due':null}
            patch-task      | {'notes':null,'due':'2026-11-24'}
            post-calendar-event | {'title':'Fair','starts_at':'2026-12-03','ends_at':'2026-12-05'}
            post-calendar-event | {'title':'Call','starts_at':'2026-12-03T09:00:00Z','location':'x'}
            put-preferences | {}
            put-preferences | {'time_zone':'America/Argentina/Buenos_Aires'}
            put-preferences | {'time_zone':'Etc/GMT+1','work_hours':{'start':'09:00','end':'17:30'}}
            put-preferences | {'travel':{'seat':'aisle','max_stops':0,'train':true}}
            empty           | {}
            """)
    void is_accepted_with_and_without_an_action_id(String name, String body) {
      ObjectNode value = json(body);
      assertThat(faults(request(name), value)).isEmpty();
      assertThat(faults(request(name), value.put("client_action_id", "a"))).isEmpty();
      assertThat(faults(request(name), value.put("client_action_id", " ")))
          .containsExactly("/client_action_id pattern");
      assertThat(faults(request(name), value.put("client_action_id", "a".repeat(129))))
          .containsExactly("/client_action_id maxLength");
      assertThat(faults(request(name), value.put("client_action_id", 1)))
          .containsExactly("/client_action_id type");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            post-message    | {} | ' required'
            post-message    | {'text':null} | /text type
            post-message    | {'text':5} | /text type
            post-message    | {'text':' \\n '} | /text pattern
            post-message    | {'text':'hi','user_id':'usr_other'} | ' additionalProperties'
            post-message    | {'text':'hi','conversation_id':'../main'} | /conversation_id pattern
            post-message    | {'text':'hi','interrupt':1} | /interrupt type
            post-task       | {'priority':'low'} | ' required'
            post-task       | {'title':''} | /title minLength
            post-task       | {'title':'a','status':'proposed'} | /status enum
            post-task       | {'title':'a','source':'assistant'} | ' additionalProperties'
            post-task       | {'title':'a','due':null} | /due type
            post-task       | {'title':'a','due':20261124} | /due type
            post-task       | {'title':'a','due':'2026-11-32'} | /due pattern
            post-task       | {'title':'a','due':'2026-11-24T25:00:00Z'} | /due pattern
            post-task       | {'title':'a','due':'24.11.2026'} | /due pattern
            post-task       | {'title':'a','priority':null} | /priority enum
            patch-task      | {} | ' minProperties'
            patch-task      | {'client_action_id':'a'} | ' minProperties'
            patch-task      | {'title':null} | /title type
            patch-task      | {'task_id':'x','title':'a'} | ' additionalProperties'
            patch-task      | {'due':'soon'} | /due pattern
            put-preferences | {'preferences':{}} | ' additionalProperties'
            put-preferences | {'time_zone':null} | /time_zone type
            put-preferences | {'work_hours':{'start':'24:00','end':'9'}} | /work_hours/end pattern
            put-preferences | {'travel':{'seat':null}} | /travel/seat type
            put-preferences | {'thresholds':{'travel_event':'high'}} | /thresholds/travel_event type
            put-preferences | {'travel':{'budget':1e30}} | /travel/budget maximum
            put-preferences | {'travel':{'budget':1e400}} | /travel/budget maximum
            put-preferences | {'travel':{'budget':-9007199254740992}} | /travel/budget minimum
            empty           | {'text':'hi'} | ' additionalProperties'
            """)
    void is_refused_where_the_fault_is(String name, String body, String fault) {
      assertThat(faults(request(name), json(body))).contains(fault);
    }

    @Test
    void leaves_the_length_of_a_text_to_the_door() {
      ObjectNode message = json("{'text':'a'}").put("text", "a".repeat(16385));
      assertThat(faults(request("post-message"), message)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "a\n", "ä", "😀", "\u0000"})
    void names_its_action_in_printable_ascii(String action) {
      ObjectNode body = json("{}").put("client_action_id", action);
      assertThat(faults(request("empty"), body)).containsExactly("/client_action_id pattern");
      assertThat(faults(request("empty"), body.put("client_action_id", "a b:c/~"))).isEmpty();
    }

    @Test
    void may_name_any_time_zone() {
      assertThat(ZoneId.getAvailableZoneIds())
          .hasSizeGreaterThan(400)
          .allSatisfy(zone ->
              assertThat(faults(request("put-preferences"), json("{}").put("time_zone", zone)))
                  .isEmpty());
    }

    @Test
    void has_an_end() {
      ObjectNode task = json("{'title':'a'}").put("title", "a".repeat(501));
      task.put("notes", "a".repeat(8001));
      assertThat(faults(request("post-task"), task))
          .containsExactlyInAnyOrder("/title maxLength", "/notes maxLength");
      ObjectNode preferences = json("{'travel':{}}");
      ObjectNode travel = (ObjectNode) preferences.path("travel");
      for (int i = 0; i < 51; i++) {
        travel.put("key" + i, i);
      }
      travel.put("key0", "a".repeat(501));
      assertThat(faults(request("put-preferences"), preferences))
          .containsExactlyInAnyOrder("/travel maxProperties", "/travel/key0 maxLength");
    }

    @Test
    void that_is_no_object_is_refused() {
      for (String name : new String[] {"post-message", "patch-task", "empty"}) {
        assertThat(faults(request(name), Documents.JSON.createArrayNode())).contains(" type");
        assertThat(faults(request(name), Documents.JSON.nullNode())).contains(" type");
      }
    }
  }

  @Nested
  class A_frame {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            sync      | {'action':'sync','after':0}
            message   | {'action':'message','text':'hi','client_action_id':'a'}
            cancel    | {'action':'cancel','operation_id':'op_01a1fd70-f5a8-7b3a-9c41-5d2f8e7a0001'}
            ping      | {'action':'ping'}
            pong      | {'type':'pong'}
            error     | {'type':'error','code':'invalid','detail':'no'}
            fetch     | {'type':'commit','seq':9,'fetch':true}
            """)
    void is_accepted(String name, String frame) {
      assertThat(faults(frame(name), json(frame))).isEmpty();
    }

    @Test
    void brings_the_view_or_a_piece_of_an_answer() {
      ObjectNode snapshot = json("{'type':'snapshot','seq':0,'state':{}}");
      assertThat(faults(frame("snapshot"), snapshot)).containsExactly(" required");
      assertThat(faults(frame("snapshot"), snapshot.put("hash", "0123456789abcdef".repeat(4))))
          .isEmpty();
      ObjectNode token = json("{'type':'llm.token','attempt':1,'index':0,'text':' a'}");
      assertThat(faults(frame("llm.token"), token)).containsExactly(" required");
      token.put("operation_id", "op_01a1fd70-f5a8-7b3a-9c41-5d2f8e7a0001");
      assertThat(faults(frame("llm.token"), token)).isEmpty();
    }

    @Test
    void carries_events_as_the_log_has_them() {
      ObjectNode frame = json("{'type':'commit','from':0,'seq':1,'patch':{},'events':[]}");
      assertThat(faults(frame("commit"), frame)).isEmpty();
      frame.withArray("events").add(Documents.sample("user.message"));
      assertThat(faults(frame("commit"), frame)).isEmpty();
      ((ObjectNode) frame.path("events").path(0)).remove("seq");
      assertThat(faults(frame("commit"), frame)).containsExactly("/events/0 required");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            sync    | {'action':'sync'} | ' required'
            sync    | {'action':'sync','after':-1} | /after minimum
            sync    | {'action':'sync','after':'0'} | /after type
            sync    | {'action':'ping','after':0} | /action const
            message | {'action':'message','text':'hi'} | ' required'
            message | {'action':'message','text':'','client_action_id':'a'} | /text minLength
            message | {'action':'message','text':'a','to':'b'} | ' additionalProperties'
            cancel  | {'action':'cancel','operation_id':'task_1'} | /operation_id pattern
            ping    | {'action':'ping','at':1} | ' additionalProperties'
            """)
    void is_refused_where_the_fault_is(String name, String frame, String fault) {
      assertThat(faults(frame(name), json(frame))).contains(fault);
    }
  }
}
