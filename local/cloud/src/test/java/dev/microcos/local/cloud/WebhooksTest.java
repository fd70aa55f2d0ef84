package dev.microcos.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What others' servers deliver, signed, for a person. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhooksTest {

  private static final String PARCEL = "{\"number\":7}";

  private static TestCloud cloud;
  private static TestPerson owner = TestPerson.NOBODY;
  private static TestPerson sender = TestPerson.NOBODY;

  @BeforeAll
  static void start(@TempDir Path folder) {
    cloud = TestCloud.start(folder, Webhooks.with(folder.resolve("webhooks"), TestCloud.WIDE));
    owner = cloud.as(Webhooks.NAME);
    sender = cloud.withToken("");
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static TestPerson.Answer delivers(String body, String delivery) {
    return delivers(body, Webhooks.signed(body.getBytes(StandardCharsets.UTF_8), delivery));
  }

  private static TestPerson.Answer delivers(String body, String[] headers) {
    return sender.post("/v1/webhooks/" + Webhooks.NAME, body, headers);
  }

  private static long runs() {
    return owner.get("/v1/runs?workflow=" + Webhooks.NAME).is(200, "runs").path("runs").size();
  }

  @Test
  void a_delivery_starts_the_owners_workflow_once_however_often_it_comes() {
    JsonNode first = delivers(PARCEL, "parcel-7").is(202, "signal-accepted");
    JsonNode again = delivers(PARCEL, "parcel-7").is(202, "signal-accepted");
    assertThat(again.path("signal_id")).isEqualTo(first.path("signal_id"));
    JsonNode sent = owner.logged(first.path("event_id").asText());
    assertThat(sent.at("/payload/data/number").asInt()).isEqualTo(7);
    await().until(() -> runs() == 1);
    String run = owner.get("/v1/runs").json().at("/runs/0/run_id").asText();
    JsonNode view = new TestRun(owner, run).completed();
    assertThat(view.at("/input/number").asInt()).isEqualTo(7);
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void a_wrong_signature_is_401_and_leaves_no_record() {
    String eight = "{\"number\":8}";
    String[] ofAnother = Webhooks.signed(PARCEL.getBytes(StandardCharsets.UTF_8));
    JsonNode _ = delivers(eight, ofAnother).is(401, "problem");
    JsonNode _ = delivers(eight, new String[] {"X-Microcos-Delivery", "8"}).is(401, "problem");
    String _ = owner.makes("Behind it");
    assertThat(owner.events().toString()).doesNotContain(eight);
  }

  @Test
  void what_does_not_fit_the_workflow_is_named_by_its_place_in_the_delivery() {
    JsonNode problem = delivers("{\"number\":\"seven\"}", "parcel-x").is(400, "problem");
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/number");
  }

  @Test
  void who_holds_the_secret_sees_nothing_of_the_owner() {
    String task = owner.makes("Private");
    List<String> headers =
        new ArrayList<>(
            List.of(Webhooks.signed(PARCEL.getBytes(StandardCharsets.UTF_8), "parcel-7")));
    headers.addAll(List.of(Belongings.waiting()));
    TestPerson.Answer answer = delivers(PARCEL, headers.toArray(String[]::new));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text()).doesNotContain(task, "Private");
  }
}
