package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was said long ago has left the state, and is read all the same. */
class HistoryTest {

  private static final int TURNS = 160;
  private static final int AT_ONCE = 40;
  private static final int KEPT = 20;
  private static final int CHUNK = 50;

  @Test
  void goes_through_state_and_archive_without_a_gap_and_after_a_restart(@TempDir Path folder) {
    Map<String, String> variables = new HashMap<>(TestCloud.WIDE);
    variables.put("MICROCOS_KEEP_MESSAGES", Integer.toString(KEPT));
    Map<String, String> said;
    try (TestCloud cloud = TestCloud.start(folder, variables)) {
      cloud.faults("{\"model\":{\"script\":\"ok\"}}");
      TestPerson person = cloud.as("talker");
      for (int turn = 0; turn < TURNS; turn++) {
        JsonNode accepted = says(person, turn);
        if (turn % AT_ONCE == AT_ONCE - 1) {
          JsonNode _ = person.answer(accepted);
        }
      }
      said = texts(person);
      assertThat(said).hasSize(2 * TURNS);
      assertThat(person.state().at("/state/messages")).hasSizeLessThan(KEPT + CHUNK + 2 * AT_ONCE);
      assertThatItIsAllThere(person, said);
    }
    try (TestCloud cloud = TestCloud.start(folder, variables)) {
      assertThatItIsAllThere(cloud.as("talker"), said);
    }
  }

  private static void assertThatItIsAllThere(TestPerson person, Map<String, String> said) {
    for (int limit : new int[] {7, 100, 1_000}) {
      List<JsonNode> pages = pages(person, "limit=" + limit);
      assertThat(pages).extracting(each -> each.path("id").asText()).doesNotHaveDuplicates();
      Map<String, String> read = new TreeMap<>();
      pages.forEach(each -> read.put(each.path("id").asText(), each.path("text").asText()));
      assertThat(read).as("by " + limit).isEqualTo(said);
      assertThat(pages)
          .extracting(each -> -each.path("seq").asLong())
          .isSorted()
          .hasSize(2 * TURNS);
    }
    List<JsonNode> work = pages(person, "limit=9&conversation_id=work");
    assertThat(work).hasSize(2 * TURNS / 4);
    assertThat(work)
        .allSatisfy(each -> assertThat(each.path("conversation_id").asText()).isEqualTo("work"));
    assertThat(pages(person, "conversation_id=never")).isEmpty();
  }

  private static JsonNode says(TestPerson person, int turn) {
    String conversation = turn % 4 == 1 ? "work" : "main";
    return person
        .post(
            "/v1/messages",
            "{\"text\":\"Turn %d\",\"conversation_id\":\"%s\"}".formatted(turn, conversation))
        .is(202, "accepted");
  }

  private static List<JsonNode> pages(TestPerson person, String query) {
    List<JsonNode> all = new ArrayList<>();
    String before = "";
    while (true) {
      JsonNode page = person.get("/v1/messages?" + query + before).is(200, "messages");
      page.path("messages").forEach(all::add);
      if (!page.has("next")) {
        return all;
      }
      assertThat(page.path("messages")).isNotEmpty();
      before = "&before=" + page.path("next").asLong();
    }
  }

  /** All that was said, by the messages' ids, as the log tells it. */
  private static Map<String, String> texts(TestPerson person) {
    Map<String, String> texts = new TreeMap<>();
    for (JsonNode event : person.events()) {
      String id =
          switch (event.path("type").asText()) {
            case "user.message" -> "event_id";
            case "assistant.message" -> "operation_id";
            default -> "";
          };
      if (!id.isEmpty()) {
        texts.put(event.path(id).asText(), event.at("/payload/text").asText());
      }
    }
    return texts;
  }
}
