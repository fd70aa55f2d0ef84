package dev.microcos.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.bench.FakeServer.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClosedLoopTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private static ClosedLoop.Outcome run(FakeServer server, Cell cell, int share) throws Exception {
    List<Seat> seats = new ArrayList<>();
    try (People people = new People(server.endpoint(), "test", 2)) {
      for (int seat = 0; seat < cell.people(); seat++) {
        seats.add(new Seat(people, share));
      }
      return ClosedLoop.run(cell, server.endpoint(), seats, SHORT, 1);
    } finally {
      for (Seat seat : seats) {
        seat.close();
      }
    }
  }

  @Nested
  class OnAGoodServer {
    @ParameterizedTest
    @CsvSource({"1, 4", "4, 4", "4, 1", "3, 2"})
    void every_message_is_acknowledged_and_delivered(int clients, int people) throws Exception {
      try (FakeServer server = new FakeServer(Fault.NONE)) {
        ClosedLoop.Outcome outcome = run(server, new Cell("test", clients, people), 1000);

        assertThat(outcome.delivery().count()).isGreaterThan(people);
        assertThat(outcome.ack().count()).isEqualTo(outcome.delivery().count());
        assertThat(outcome.delivery().p50Millis()).isPositive();
        assertThat(outcome.messagesPerSecond()).isPositive();
      }
    }

    @Test
    void somebody_else_takes_the_seat_of_who_has_posted_their_share() throws Exception {
      try (FakeServer server = new FakeServer(Fault.NONE);
          People people = new People(server.endpoint(), "turn", 1);
          Seat seat = new Seat(people, 2)) {
        Person first = seat.take();

        assertThat(seat.take()).isSameAs(first);
        assertThat(seat.take()).isNotSameAs(first);
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONLY_FETCH", "SPLIT_FRAME"})
    void a_commit_may_come_in_unusual_ways(Fault unusual) throws Exception {
      try (FakeServer server = new FakeServer(unusual)) {
        assertThat(run(server, new Cell("test", 1, 1), 1000).delivery().count()).isGreaterThan(3);
      }
    }
  }

  @Nested
  class OnAWrongServer {
    @ParameterizedTest
    @CsvSource({
      "LOSE_FRAME, TimeoutException",
      "SEND_TWICE, where the seq is 3",
      "SKIP_A_SEQ, where the seq is 2",
      "REJECT, rejected a message",
      "REFUSE, 429",
      "DROP_SOCKET, EOFException"
    })
    void the_run_fails_and_says_why(Fault fault, String why) throws Exception {
      try (FakeServer server = new FakeServer(fault)) {
        assertThatThrownBy(() -> run(server, new Cell("test", 1, 1), 1000))
            .hasStackTraceContaining(why);
      }
    }
  }

  @Nested
  class APerson {
    @Test
    void is_told_of_nothing_that_was_not_posted_here() throws Exception {
      try (FakeServer server = new FakeServer(Fault.NONE);
          Person person = Person.open(server.endpoint(), "ann");
          HttpConnection connection = server.endpoint().connect()) {
        String foreign = "{\"title\":\"x\",\"client_action_id\":\"foreign\"}";
        connection.send(person.request("POST", "/v1/tasks", foreign));

        assertThat(server.events("ann")).isEqualTo(1);
        assertThatThrownBy(() -> person.await(person.expect("mine")))
            .hasStackTraceContaining("never posted");
      }
    }
  }
}
