package dev.microcos.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microcos.core.application.port.Endings.Ending;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.run.Trigger;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.Schedule;
import dev.microcos.core.testkit.MemoryInbox;
import dev.microcos.core.testkit.MemoryPeople;
import dev.microcos.core.testkit.MemorySchedules;
import dev.microcos.core.testkit.People;
import dev.microcos.core.testkit.TestClock;
import dev.microcos.core.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What Step Functions and Scheduler tell, and what the logs get of it. */
class EndsAndSchedulesTest {
  private static final Person ANA = People.person("ana");
  private static final RunId RUN = new RunId("run_01234567-89ab-7cde-8f01-23456789abcd");
  private static final KeptSchedule MORNING =
      new KeptSchedule(
          new Schedule("morning", "rate(1 day)", "UTC", "orchestrate", Document.EMPTY, true),
          People.NOON);
  private static final String INPUT =
      """
      {"run": {"run_id": "%s", "user_id": "%s", "generation": 1, "workflow": "test",
               "request_id": "req_01234567-89ab-7cde-8f01-23456789abcd", "hops": 0}, "state": {}}
      """
          .formatted(RUN, ANA.user());

  private final TestClock clock = new TestClock();
  private final MemoryInbox inbox = new MemoryInbox();

  @Nested
  class The_end_of_an_execution {
    private final Ended ended =
        new Ended(arn -> new Ending(INPUT, "{\"asked\":true}", "Custom", "why"), inbox, clock);

    @Test
    void completes_its_run_with_the_output() {
      ended.handle(event("SUCCEEDED").put("output", "{\"answer\": 42.0}"));
      Envelope told = inbox.take().getFirst();
      assertThat(told.run()).isEqualTo(RUN);
      assertThat(told.person()).isEqualTo(ANA);
      assertThat(told.fact()).isEqualTo(new RunCompleted(new Document("{\"answer\":42}")));
    }

    @Test
    void is_asked_for_where_the_event_left_it_out_for_its_size() {
      ended.handle(event("SUCCEEDED").putNull("output"));
      assertThat(inbox.take().getFirst().fact())
          .isEqualTo(new RunCompleted(new Document("{\"asked\":true}")));
    }

    @Test
    void fails_its_run_in_the_words_of_the_step_that_threw() {
      ended.handle(
          event("FAILED")
              .put("error", "dev.microcos.functions.steps.Permanent")
              .put("cause", "{\"errorMessage\": \"unknown_tool: no abacus\"}"));
      assertThat(inbox.take().getFirst().fact())
          .isEqualTo(new RunFailed("Permanent", "unknown_tool: no abacus", null));
    }

    @Test
    void fails_its_run_with_the_name_that_aws_gives() {
      ended.handle(event("FAILED").put("error", "States.Timeout").put("cause", ""));
      assertThat(inbox.take().getFirst().fact())
          .isEqualTo(new RunFailed("States.Timeout", "", null));
    }

    @Test
    void can_be_by_time_or_by_hand() {
      ended.handle(event("TIMED_OUT"));
      ended.handle(event("ABORTED"));
      assertThat(inbox.take())
          .extracting(Envelope::fact)
          .containsExactly(new RunTimedOut(), new RunCancelled("execution"));
    }

    @Test
    void is_told_once_however_often_it_is_heard() {
      ended.handle(event("TIMED_OUT"));
      ended.handle(event("TIMED_OUT"));
      List<Envelope> told = inbox.take();
      assertThat(told.getFirst().id()).isEqualTo(told.getLast().id());
    }

    @Test
    void of_no_run_is_left_alone() {
      ended.handle(event("TIMED_OUT").put("input", "{}"));
      assertThat(inbox.take()).isEmpty();
    }

    private static ObjectNode event(String status) {
      return Json.object()
          .put("executionArn", "arn:aws:states:us-east-1:000000000000:execution:m:e")
          .put("status", status)
          .put("stopDate", People.NOON.toEpochMilli())
          .put("input", INPUT);
    }
  }

  @Nested
  class A_schedule_that_is_due {
    private final UserId user = ANA.user();
    private final MemoryPeople people = new MemoryPeople();
    private final MemorySchedules schedules = new MemorySchedules();
    private final Due due =
        new Due(
            new NewRuns(Shipped::workflows),
            people,
            schedules,
            name -> name.equals("me") ? user : new UserId(name),
            inbox,
            clock);

    @Test
    void starts_one_run_however_often_it_fires() {
      due.handle(event(user.value(), "orchestrate"));
      due.handle(event("me", "orchestrate"));
      List<Envelope> told = inbox.take();
      Envelope first = told.getFirst();
      assertThat(told.getLast().id()).isEqualTo(first.id());
      assertThat(first.run()).isEqualTo(RunId.startedBy(first.id()));
      assertThat(first.hops()).isZero();
      RunStarted started = (RunStarted) first.fact();
      assertThat(started.trigger()).isEqualTo(new Trigger(Trigger.Kind.SCHEDULE, "morning"));
      assertThat(started.input()).isEqualTo(new Document("{\"prompt\":\"Plan my day\"}"));
    }

    @Test
    void of_a_workflow_that_is_gone_starts_nothing() {
      due.handle(event(user.value(), "gone"));
      assertThat(inbox.take()).isEmpty();
    }

    @Test
    void of_an_earlier_generation_starts_nothing_and_is_taken_away() {
      schedules.set(ANA, MORNING);
      people.end(ANA);
      ObjectNode event = event(user.value(), "orchestrate");
      ((ObjectNode) event.path("schedule")).put("generation", ANA.generation());
      due.handle(event);
      assertThat(inbox.take()).isEmpty();
      assertThat(schedules.list(ANA)).isEmpty();
    }

    @Test
    void of_a_generation_that_is_not_known_here_yet_starts_its_run() {
      Person anew = new Person(user, 2);
      schedules.set(anew, MORNING);
      ObjectNode event = event(user.value(), "orchestrate");
      ((ObjectNode) event.path("schedule")).put("generation", anew.generation());
      due.handle(event);
      assertThat(inbox.take()).extracting(Envelope::person).containsExactly(anew);
      assertThat(schedules.list(anew)).hasSize(1);
    }

    private static ObjectNode event(String user, String workflow) {
      return (ObjectNode)
          Json.tree(
              """
              {"due": "2026-11-21T08:00:00Z", "schedule": {"name": "morning", "user_id": "%s",
                "workflow": "%s", "input": {"prompt": "Plan my day"}}}
              """
                  .formatted(user, workflow));
    }
  }
}
