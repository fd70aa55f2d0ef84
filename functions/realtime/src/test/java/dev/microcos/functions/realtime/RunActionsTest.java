package dev.microcos.functions.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.ReadRuns;
import dev.microcos.core.application.port.RunPush;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.InputId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.StepId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.InputRequired;
import dev.microcos.core.domain.run.RunAggregate;
import dev.microcos.core.domain.run.RunRules;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.testkit.MemoryLog;
import dev.microcos.core.testkit.MemoryWatching;
import dev.microcos.core.testkit.People;
import dev.microcos.core.testkit.RunPeople;
import dev.microcos.core.testkit.TestClock;
import dev.microcos.core.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An answer over a socket to a question that has one. */
class RunActionsTest {

  private static final Person ANA = People.person("ana");
  private static final StepId STEP = StepId.of("arn", "Ask", "now", null);
  private static final InputId INPUT = InputId.askedBy(STEP);

  private static final RunPush NOBODY =
      new RunPush() {
        @Override
        public void commit(RunState from, RunState to, List<Event> events) {}

        @Override
        public void sync(String connection, RunState from, RunState to, List<Event> events) {}
      };

  private final RunPeople runs = new RunPeople(1);
  private final PersonRun run = runs.run(ANA);
  private final TestClock clock = new TestClock();
  private final MemoryLog<RunState> log = new MemoryLog<>(RunAggregate.RUN);
  private final RunActions actions =
      new RunActions(
          new ReadRuns(MemoryLog.ofPeople(), log, (_, _, _) -> List.of(), clock),
          new MemoryWatching(),
          NOBODY);

  @BeforeEach
  void asks() {
    comes(runs.starts(run, "Approval", clock.instant()));
    comes(
        runs.envelope(
            run,
            new InputRequired(
                INPUT,
                STEP,
                1,
                "Shall we?",
                new Document("{\"type\":\"boolean\"}"),
                clock.instant().plus(Duration.ofDays(1)),
                null,
                "token"),
            clock.instant()));
  }

  @Test
  void is_taken_if_it_is_the_one_that_the_question_has() {
    EventId first = answered();
    assertThat(actions.input(ANA, frame(), Optional.of(first)).inputId()).isEqualTo(INPUT);
  }

  @Test
  void is_refused_if_it_is_another_or_of_no_action() {
    EventId _ = answered();
    assertRefused(Optional.of(runs.starts(run, "another", clock.instant()).id()));
    assertRefused(Optional.empty());
  }

  @Test
  void is_refused_again_if_it_came_too_late_the_first_time() {
    EventId _ = answered();
    EventId second = answered();
    assertRefused(Optional.of(second));
  }

  private void assertRefused(Optional<EventId> same) {
    assertThatThrownBy(() -> actions.input(ANA, frame(), same))
        .isInstanceOf(TooLate.class)
        .hasMessageMatching(
            "the question was answered before, by %s at \\d{4}-\\d\\d-\\d\\dT.*Z"
                .formatted(ANA.user()));
  }

  private EventId answered() {
    Envelope answer =
        runs.envelope(
            run,
            new InputReceived(INPUT, new Document("true"), ANA.user().value(), null),
            clock.instant());
    comes(answer);
    return answer.id();
  }

  private void comes(Envelope envelope) {
    RunState before = log.load(run).state();
    Decision decision = RunRules.decide(before, envelope);
    Event event = new Event(before.seq() + 1, clock.instant(), decision.facts().getFirst());
    assertThat(log.append(new Commit(run, List.of(event), List.of()))).isTrue();
  }

  private ObjectNode frame() {
    return (ObjectNode)
        Json.tree(
            "{\"run_id\":\"%s\",\"input_id\":\"%s\",\"value\":true}"
                .formatted(run.run().value(), INPUT.value()));
  }
}
