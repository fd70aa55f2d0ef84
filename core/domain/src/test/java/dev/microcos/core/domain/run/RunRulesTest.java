package dev.microcos.core.domain.run;

import static dev.microcos.core.domain.run.RunStory.INPUT;
import static dev.microcos.core.domain.run.RunStory.input;
import static dev.microcos.core.domain.run.RunStory.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.RunEffect.AnswerParent;
import dev.microcos.core.domain.log.RunEffect.AnswerQuestion;
import dev.microcos.core.domain.log.RunEffect.AnswerWait;
import dev.microcos.core.domain.log.RunEffect.CancelChild;
import dev.microcos.core.domain.log.RunEffect.StartExecution;
import dev.microcos.core.domain.log.RunEffect.StopExecution;
import dev.microcos.core.domain.log.RunEffect.TellParent;
import dev.microcos.core.domain.log.RunEffect.TellPerson;
import dev.microcos.core.domain.log.RunFact.ChildEnded;
import dev.microcos.core.domain.log.RunFact.ChildStarted;
import dev.microcos.core.domain.log.RunFact.ExecutionStarted;
import dev.microcos.core.domain.log.RunFact.InputReceived;
import dev.microcos.core.domain.log.RunFact.RunCancelled;
import dev.microcos.core.domain.log.RunFact.RunCompleted;
import dev.microcos.core.domain.log.RunFact.RunFailed;
import dev.microcos.core.domain.log.RunFact.RunTimedOut;
import dev.microcos.core.domain.log.RunFact.StepStarted;
import dev.microcos.core.domain.run.Parent.OnCancel;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRulesTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Document AFTER = new Document("{\"plan\":[1],\"text\":\"hello\"}");
  private static final String ANA = RunStory.ANA.user().value();

  private static RunId another() {
    return RunId.startedBy(EventId.create(RunStory.NOON, new Random(99)));
  }

  @Nested
  class A_start {

    @Test
    void starts_an_execution_and_tells_the_person() {
      RunStory story = new RunStory();
      story.comes(RunStory.started(null));
      assertThat(story.effects()).containsExactly(new StartExecution(), new TellPerson());
      assertThat(story.state().status()).isEqualTo(RunStatus.PENDING);
      assertThat(story.state().stateHash()).isEqualTo(INPUT.hash());
    }

    @Test
    void that_comes_twice_has_no_second_effect() {
      RunStory story = RunStory.begun();
      story.comes(RunStory.started(null));
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.effects()).isEmpty();
      assertThat(story.state().status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void of_a_child_is_told_to_its_parent() {
      RunStory story = new RunStory();
      story.comes(RunStory.started(new Parent(another(), step("Start"), 1, OnCancel.CANCEL)));
      assertThat(story.effects())
          .containsExactly(new StartExecution(), new TellParent(), new TellPerson());
    }

    @Test
    void is_needed_before_anything_else() {
      RunStory story = new RunStory();
      story.comes(new RunCancelled(ANA));
      assertThat(story.refusal()).isEqualTo(RejectionCode.NOT_FOUND);
      assertThat(story.effects()).isEmpty();
      story.comes(RunStory.started(null));
      assertThat(story.state().isThere()).isTrue();
    }
  }

  @Nested
  class A_step {

    @Test
    void has_the_order_in_which_it_began_and_leaves_out_the_state_that_is_known() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      assertThat(story.facts())
          .singleElement()
          .isInstanceOfSatisfying(
              StepStarted.class,
              started -> {
                assertThat(started.order()).isEqualTo(1);
                assertThat(started.input()).isNull();
              });
      story.completes("Plan", 1, AFTER);
      story.begins("Do", 1, AFTER);
      Step done = story.state().steps().get(step("Do").value());
      assertThat(done).isNotNull();
      assertThat(done.order()).isEqualTo(2);
      assertThat(done.input()).isNull();
    }

    @Test
    void keeps_the_state_before_it_where_something_else_changed_that() {
      RunStory story = RunStory.begun();
      Document passed = new Document("{\"changed\":true}");
      story.begins("Plan", 1, passed);
      assertThat(story.state().steps().list().getFirst().input()).isEqualTo(passed);
      assertThat(story.state().stateHash()).isEqualTo(passed.hash());
      story.fails("Plan", 1);
      story.begins("Plan", 2, passed);
      Step again = story.state().steps().list().getFirst();
      assertThat(again.input()).isEqualTo(passed);
      assertThat(again.attempt()).isEqualTo(2);
      assertThat(again.status()).isEqualTo(Step.Status.RUNNING);
    }

    @Test
    void goes_forward_only() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 2, INPUT);
      story.begins("Plan", 1, INPUT);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      story.completes("Plan", 1, AFTER);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      story.completes("Plan", 2, AFTER);
      assertThat(story.refusal()).isNull();
      story.fails("Plan", 2);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().stateHash()).isEqualTo(AFTER.hash());
    }

    @Test
    void that_told_of_its_failure_and_died_can_be_done_in_the_same_attempt() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      story.fails("Plan", 1);
      story.completes("Plan", 1, AFTER);
      assertThat(story.refusal()).isNull();
      Step done = story.state().steps().list().getFirst();
      assertThat(done.status()).isEqualTo(Step.Status.COMPLETED);
      assertThat(done.error()).isNull();
      assertThat(story.state().stateHash()).isEqualTo(AFTER.hash());
    }

    @Test
    void of_a_branch_leaves_the_runs_state_alone() {
      RunStory story = RunStory.begun();
      Document item = new Document("{\"item\":1}");
      story.comes(
          new StepStarted(step("Item"), "Item", "Item", 0, 3, "tool", null, 1, item, item.hash()));
      story.completes("Item", 1, AFTER);
      assertThat(story.state().stateHash()).isEqualTo(INPUT.hash());
    }

    @Test
    void adds_up_what_its_attempts_cost() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      story.fails("Plan", 1);
      story.begins("Plan", 2, INPUT);
      story.completes("Plan", 2, AFTER);
      assertThat(story.state().spent()).isEqualTo(new Spent(14, 6, 10));
      assertThat(story.state().steps().list().getFirst().spent()).isEqualTo(new Spent(14, 6, 10));
    }

    @Test
    void that_nobody_knows_is_refused() {
      RunStory story = RunStory.begun();
      story.completes("Nothing", 1, AFTER);
      assertThat(story.refusal()).isEqualTo(RejectionCode.NOT_FOUND);
    }

    @Test
    void is_nothing_that_the_person_is_told() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      assertThat(story.effects()).isEmpty();
      story.completes("Plan", 1, AFTER);
      assertThat(story.effects()).isEmpty();
    }
  }

  @Nested
  class A_question {

    @Test
    void is_answered_by_who_is_first() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      assertThat(story.state().status()).isEqualTo(RunStatus.WAITING_INPUT);
      assertThat(story.effects()).containsExactly(new TellPerson());
      story.answers("Ask", "true", ANA);
      assertThat(story.effects())
          .containsExactly(new AnswerQuestion(input("Ask")), new TellPerson());
      assertThat(story.state().status()).isEqualTo(RunStatus.RUNNING);
      Step ask = story.state().steps().list().getFirst();
      assertThat(ask.status()).isEqualTo(Step.Status.COMPLETED);
      story.answers("Ask", "false", "usr_" + "b".repeat(26));
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      Question question = story.state().questions().list().getFirst();
      assertThat(question.answer()).isNotNull();
      assertThat(question.answer().value().json()).isEqualTo("true");
      assertThat(question.answer().by()).isEqualTo(ANA);
    }

    @Test
    void with_a_new_token_is_the_same_question() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.asks("Ask", "t2", HOUR);
      assertThat(story.state().questions().list())
          .singleElement()
          .extracting(Question::token)
          .isEqualTo("t2");
      assertThat(story.state().status()).isEqualTo(RunStatus.WAITING_INPUT);
    }

    @Test
    void that_is_answered_gives_its_answer_to_a_new_token_at_once() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.answers("Ask", "true", ANA);
      story.asks("Ask", "t2", HOUR);
      assertThat(story.effects()).containsExactly(new AnswerQuestion(input("Ask")));
      assertThat(story.state().questions().list().getFirst().token()).isEqualTo("t2");
      assertThat(story.state().status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void without_a_default_fails_its_step_at_the_deadline() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR, null);
      story.later(HOUR);
      story.answers("Ask", "true", ANA);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().questions().list().getFirst().status())
          .isEqualTo(Question.Status.EXPIRED);
      Step ask = story.state().steps().list().getFirst();
      assertThat(ask.status()).isEqualTo(Step.Status.FAILED);
      assertThat(ask.error()).isEqualTo(Step.TIMEOUT);
      assertThat(story.effects()).containsExactly(new TellPerson());
    }

    @Test
    void with_a_default_waits_for_that_after_its_deadline_and_for_nobody_else() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      Instant deadline = story.state().questions().list().getFirst().deadline();
      story.later(HOUR);
      story.answers("Ask", "true", ANA);
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      story.asks("Ask", "t2", HOUR);
      Question question = story.state().questions().list().getFirst();
      assertThat(question.status()).isEqualTo(Question.Status.EXPIRED);
      assertThat(question.deadline()).isEqualTo(deadline);
      assertThat(story.state().steps().list().getFirst().status()).isEqualTo(Step.Status.WAITING);
    }

    @Test
    void reads_as_expired_once_its_deadline_has_passed_before_any_event_tells_so() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR, null);
      RunState asked = story.state();
      Question open = asked.questions().list().getFirst();
      RunState before = RunEvolution.asOf(asked, open.deadline().minusMillis(1));
      assertThat(before).isEqualTo(asked);
      RunState after = RunEvolution.asOf(asked, open.deadline());
      assertThat(after.questions().list().getFirst().status()).isEqualTo(Question.Status.EXPIRED);
      assertThat(after.steps().list().getFirst().error()).isEqualTo(Step.TIMEOUT);
      assertThat(after.status()).isEqualTo(RunStatus.RUNNING);
      assertThat(after.seq()).isEqualTo(asked.seq());
    }

    @Test
    void is_answered_by_its_deadline_unless_somebody_was_first() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.later(HOUR);
      story.asks("Ask", "t2", HOUR);
      assertThat(story.state().status()).isEqualTo(RunStatus.RUNNING);
      story.answers("Ask", "false", InputReceived.DEADLINE);
      assertThat(story.refusal()).isNull();
      assertThat(story.effects()).contains(new AnswerQuestion(input("Ask")));
      RunStory faster = RunStory.begun();
      faster.begins("Ask", 1, INPUT);
      faster.asks("Ask", "t1", HOUR);
      faster.answers("Ask", "true", ANA);
      faster.later(HOUR);
      faster.asks("Ask", "t2", HOUR);
      faster.answers("Ask", "false", InputReceived.DEADLINE);
      assertThat(faster.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(faster.state().questions().list().getFirst().answer()).isNotNull();
      assertThat(faster.state().questions().list().getFirst().answer().by()).isEqualTo(ANA);
    }

    @Test
    void that_was_never_asked_has_no_answer() {
      RunStory story = RunStory.begun();
      story.answers("Ask", "true", ANA);
      assertThat(story.refusal()).isEqualTo(RejectionCode.NOT_FOUND);
    }
  }

  @Nested
  class A_wait {

    @Test
    void ends_with_the_first_signal() {
      RunStory story = RunStory.begun();
      story.begins("Await", 1, INPUT);
      story.waits("Await", "t1", HOUR);
      assertThat(story.state().status()).isEqualTo(RunStatus.WAITING_SIGNAL);
      story.signal("Await", "{\"n\":1}");
      assertThat(story.effects()).containsExactly(new AnswerWait(step("Await")), new TellPerson());
      story.signal("Await", "{\"n\":2}");
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().waits().list().getFirst().data())
          .isEqualTo(new Document("{\"n\":1}"));
    }

    @Test
    void that_is_served_gives_its_signal_to_a_new_token_at_once() {
      RunStory story = RunStory.begun();
      story.begins("Await", 1, INPUT);
      story.waits("Await", "t1", HOUR);
      story.signal("Await", "{}");
      story.waits("Await", "t2", HOUR);
      assertThat(story.effects()).containsExactly(new AnswerWait(step("Await")));
      assertThat(story.state().waits().list().getFirst().token()).isEqualTo("t2");
    }

    @Test
    void ends_at_its_deadline() {
      RunStory story = RunStory.begun();
      story.begins("Await", 1, INPUT);
      story.waits("Await", "t1", HOUR);
      story.later(HOUR);
      story.signal("Await", "{}");
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.state().waits().list().getFirst().status()).isEqualTo(Wait.Status.EXPIRED);
    }
  }

  @Nested
  class An_end {

    @Test
    void leaves_nothing_open() {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.waits("Await", "t2", HOUR);
      story.comes(new RunCancelled(ANA));
      assertThat(story.effects()).hasSize(2).last().isEqualTo(new TellPerson());
      assertThat(story.effects().getFirst()).isInstanceOf(StopExecution.class);
      RunState over = story.state();
      assertThat(over.status()).isEqualTo(RunStatus.CANCELLED);
      assertThat(over.questions().list()).noneMatch(Question::isOpen);
      assertThat(over.waits().list()).noneMatch(Wait::isOpen);
      assertThat(over.steps().list()).extracting(Step::status).containsOnly(Step.Status.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void is_changed_by_nothing_that_comes_later(int which) {
      RunStory story = RunStory.begun();
      story.begins("Ask", 1, INPUT);
      story.asks("Ask", "t1", HOUR);
      story.comes(new RunCompleted(AFTER));
      RunState over = story.state();
      switch (which) {
        case 0 -> story.completes("Ask", 1, AFTER);
        case 1 -> story.fails("Ask", 1);
        case 2 -> story.begins("More", 1, AFTER);
        case 3 -> story.answers("Ask", "true", ANA);
        case 4 -> story.asks("Ask", "t2", HOUR);
        case 5 -> story.comes(new RunCancelled(ANA));
        case 6 -> story.comes(new RunFailed("Boom", "late", null));
        case 7 -> story.comes(new RunTimedOut());
        default -> story.waits("Await", "t3", HOUR);
      }
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.effects()).isEmpty();
      RunState after = story.state();
      assertThat(after.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(after.steps()).isEqualTo(over.steps());
      assertThat(after.questions()).isEqualTo(over.questions());
      assertThat(after.waits()).isEqualTo(over.waits());
      assertThat(after.ending()).isEqualTo(over.ending());
    }

    @Test
    void before_the_execution_was_known_stops_that_all_the_same() {
      RunStory story = new RunStory();
      story.comes(RunStory.started(null));
      story.comes(new RunCancelled(ANA));
      story.comes(new ExecutionStarted("arn"));
      assertThat(story.refusal()).isEqualTo(RejectionCode.CONFLICT);
      assertThat(story.effects()).singleElement().isInstanceOf(StopExecution.class);
    }

    @Test
    void of_a_child_is_the_answer_that_its_parent_waits_for() {
      RunStory story = new RunStory();
      story.comes(RunStory.started(new Parent(another(), step("Start"), 1, OnCancel.LEAVE)));
      story.comes(new RunCompleted(AFTER));
      assertThat(story.effects()).containsExactly(new AnswerParent(), new TellPerson());
    }

    @Test
    void fails_the_step_that_never_said_so() {
      RunStory story = RunStory.begun();
      story.begins("Plan", 1, INPUT);
      story.comes(new RunFailed("Lambda.Unknown", "it died", null));
      Step plan = story.state().steps().list().getFirst();
      assertThat(plan.status()).isEqualTo(Step.Status.FAILED);
      assertThat(plan.error()).isEqualTo("Lambda.Unknown");
    }
  }

  @Nested
  class A_child {

    @Test
    void is_cancelled_with_its_parent_if_it_is_to_be() {
      RunStory story = RunStory.begun();
      RunId child = another();
      story.begins("Start", 1, INPUT);
      story.comes(new ChildStarted(child, step("Start"), "batch", OnCancel.CANCEL));
      story.comes(new RunCancelled(ANA));
      assertThat(story.effects()).contains(new CancelChild(child));
    }

    @Test
    void goes_on_if_it_is_to_be_left() {
      RunStory story = RunStory.begun();
      story.begins("Start", 1, INPUT);
      story.comes(new ChildStarted(another(), step("Start"), "batch", OnCancel.LEAVE));
      story.comes(new RunCancelled(ANA));
      assertThat(story.effects()).noneMatch(CancelChild.class::isInstance);
    }

    @Test
    void that_begins_when_its_parent_is_cancelled_already_is_cancelled_too() {
      RunStory story = RunStory.begun();
      RunId child = another();
      story.comes(new RunCancelled(ANA));
      story.comes(new ChildStarted(child, step("Start"), "batch", OnCancel.CANCEL));
      assertThat(story.effects()).containsExactly(new CancelChild(child));
    }

    @Test
    void that_has_ended_ends_its_step_and_is_not_cancelled() {
      RunStory story = RunStory.begun();
      RunId child = another();
      story.begins("Start", 1, INPUT);
      story.comes(new ChildStarted(child, step("Start"), "batch", OnCancel.CANCEL));
      story.comes(new ChildEnded(child, RunStatus.FAILED));
      assertThat(story.state().steps().list().getFirst().status()).isEqualTo(Step.Status.FAILED);
      story.comes(new RunCancelled(ANA));
      assertThat(story.effects()).noneMatch(CancelChild.class::isInstance);
    }
  }

  @Test
  void a_document_is_in_another_if_all_its_fields_are() {
    Document data =
        new Document("{\"a\":{\"x\":[1,\"}\"]},\"b\":\"q\\\"u,o\",\"c\":null,\"d\":12}");
    assertThat(data.holds(Document.EMPTY)).isTrue();
    assertThat(data.holds(new Document("{\"a\":{\"x\":[1,\"}\"]}}"))).isTrue();
    assertThat(data.holds(new Document("{\"b\":\"q\\\"u,o\",\"d\":12}"))).isTrue();
    assertThat(data.holds(new Document("{\"d\":1}"))).isFalse();
    assertThat(data.holds(new Document("{\"e\":1}"))).isFalse();
    assertThat(data.holds(new Document("{\"x\":[1,\"}\"]}"))).isFalse();
    assertThat(Document.EMPTY.holds(data)).isFalse();
    assertThat(new Document("[1]").hash()).isNotEqualTo(Document.EMPTY.hash());
  }
}
