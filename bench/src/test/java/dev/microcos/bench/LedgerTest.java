package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.microcos.bench.FakeServer.Fault;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger("ann");

  private static Frame.Event task(long seq, String id) {
    return new Frame.Event(seq, "task.created", id, "");
  }

  @Test
  void what_was_acknowledged_and_is_not_there_is_missing() {
    for (String id : List.of("a", "b", "cut off")) {
      ledger.posting(id);
    }
    ledger.acknowledged("a");
    ledger.acknowledged("b");

    assertThat(ledger.missing(List.of(task(1, "a")))).isEqualTo(1);
    assertThat(ledger.missing(List.of(task(1, "b"), task(2, "a")))).isZero();
    assertThat(ledger.posted()).isEqualTo(3);
    assertThat(ledger.ids(false)).containsExactly("cut off");
  }

  @Test
  void what_was_cut_off_may_be_there_or_not() throws Exception {
    ledger.posting("cut off");

    ledger.check(List.of());
    ledger.check(List.of(task(1, "cut off")));
  }

  @Test
  void nothing_is_there_twice() {
    ledger.posting("a");

    assertThatThrownBy(() -> ledger.check(List.of(task(1, "a"), task(2, "a"))))
        .hasMessageContaining("twice");
  }

  @Test
  void nothing_is_there_that_was_not_posted() {
    assertThatThrownBy(() -> ledger.check(List.of(task(1, "b")))).hasMessageContaining("never");
    assertThatThrownBy(() -> ledger.check(List.of(new Frame.Event(1, "rejected", "", ""))))
        .hasMessageContaining("never");
  }

  @Test
  void a_log_is_read_to_its_end() throws Exception {
    try (FakeServer server = new FakeServer(Fault.NONE);
        Person ann = Person.open(server.endpoint(), "ann");
        HttpConnection connection = server.endpoint().connect()) {
      for (String id : List.of("a", "b", "c")) {
        var _ = ann.expect(id);
        connection.send(ann.request("POST", "/v1/tasks", new Actions(1).task(id)));
      }

      assertThat(Ledger.log(connection, server.endpoint(), "ann"))
          .extracting(Frame.Event::clientActionId)
          .containsExactly("a", "b", "c");
    }
  }

  @Nested
  class AHash {
    @Test
    void is_of_the_state_with_its_keys_in_order() throws Exception {
      String hash = "17b9fd3911659e3a519273cb3f7b335baf832cae5df988b642647ccf3edb26e4";
      String reply = "{\"hash\":\"%s\",\"state\":{\"b\":{\"d\":1,\"c\":\"é\\n\"},\"a\":{}}}";
      ObjectMapper json = new ObjectMapper();

      assertThatThrownBy(() -> Ledger.hash(json.readTree(reply.formatted("00"))))
          .hasMessageContaining("not 00");
      assertThat(Ledger.hash(json.readTree(reply.formatted(hash)))).isEqualTo(hash);
    }
  }
}
