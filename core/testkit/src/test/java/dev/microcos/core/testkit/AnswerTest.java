package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microcos.core.application.Answer;
import dev.microcos.core.application.Answer.Pace;
import dev.microcos.core.application.Answer.Result;
import dev.microcos.core.application.GiveUp;
import dev.microcos.core.application.Perform;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.OperationRow;
import dev.microcos.core.application.port.Push.Token;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.NarrationPrompts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {

  private static final Person ANA = People.person("ana");

  private final People people = new People(1);
  private final MemoryLog<UserState> log = MemoryLog.ofPeople();
  private final MemoryJobs jobs = new MemoryJobs();
  private final MemoryOperations operations = new MemoryOperations();
  private final MemoryInbox inbox = new MemoryInbox();
  private final RecordedPush push = new RecordedPush();
  private final TestClock clock = new TestClock();
  private final ScriptedModel model = new ScriptedModel();
  private final MemoryPeople erasable = new MemoryPeople();
  private final Reduce<UserState> reduce =
      Reduce.ofPeople(
          erasable,
          log,
          new Perform(
              erasable,
              log,
              new MemoryArchive(),
              jobs,
              operations,
              _ -> {},
              new MemorySchedules(),
              clock),
          push,
          clock,
          Policy.DEFAULT);
  private final Answer answer =
      new Answer(
          erasable,
          log,
          operations,
          new NarrationPrompts("test-model"),
          model,
          inbox,
          push,
          clock,
          Pace.flushing(Duration.ofMillis(50)));

  private final GiveUp giveUp = new GiveUp(erasable, log, operations, inbox, clock);

  private AssistantJob said(String text) {
    reduce(people.says(ANA, text, clock.instant()));
    return jobs.take().getLast();
  }

  private void reduce(Envelope envelope) {
    reduce.reduce(List.of(new Incoming(envelope, 1)));
  }

  private Fact reported() {
    List<Envelope> reports = inbox.take();
    assertThat(reports).hasSize(1);
    reduce(reports.getFirst());
    return reports.getFirst().fact();
  }

  private OperationRow row(AssistantJob job) {
    return operations.find(ANA, job.operation()).orElseThrow();
  }

  @Test
  void the_pieces_that_are_shown_are_the_text_that_is_reported() {
    AssistantJob job = said("hello");
    model.says(() -> clock.advance(Duration.ofMillis(20)), "Hi", " there", ", how", " are you?");
    assertThat(answer.answer(job)).isEqualTo(new Result.Done());
    assertThat(reported())
        .isInstanceOfSatisfying(
            AssistantMessage.class,
            message -> assertThat(message.text()).isEqualTo("Hi there, how are you?"));
    assertThat(push.tokens()).extracting(Token::index).startsWith(0, 1);
    assertThat(push.tokens().getFirst().text()).isEqualTo("Hi");
    assertThat(String.join("", push.tokens().stream().map(Token::text).toList()))
        .isEqualTo("Hi there, how are you?");
    assertThat(row(job).status()).isEqualTo("complete");
  }

  @Test
  void the_prompt_holds_what_was_said_before() {
    AssistantJob first = said("my name is Ana");
    model.says("Hello Ana");
    answer.answer(first);
    reported();
    answer.answer(said("what is my name?"));
    assertThat(model.prompts().getLast().turns())
        .extracting(turn -> turn.text())
        .containsExactly("my name is Ana", "Hello Ana", "what is my name?");
  }

  @Test
  void a_job_that_comes_twice_is_done_once() {
    AssistantJob job = said("hello");
    answer.answer(job);
    reported();
    assertThat(answer.answer(job)).isEqualTo(new Result.Done());
    assertThat(inbox.take()).isEmpty();
    assertThat(model.prompts()).hasSize(1);
  }

  @Test
  void a_job_that_somebody_is_at_comes_again_when_their_lease_ends() {
    AssistantJob job = said("hello");
    operations.claim(job, clock.instant(), Duration.ofSeconds(15));
    assertThat(answer.answer(job)).isEqualTo(new Result.Later(Duration.ofSeconds(15)));
    clock.advance(Duration.ofSeconds(16));
    model.says("hi");
    answer.answer(job);
    assertThat(push.tokens()).extracting(Token::attempt).containsOnly(2);
    assertThat(reported()).isInstanceOf(AssistantMessage.class);
  }

  @Test
  void stopping_ends_the_answer_at_the_next_checkpoint_and_keeps_what_was_written() {
    AssistantJob job = said("hello");
    int[] pieces = new int[1];
    model.says(
        () -> {
          clock.advance(Duration.ofMillis(300));
          if (++pieces[0] == 3) {
            reduce(people.stops(ANA, job.operation(), clock.instant()));
          }
        },
        "one ",
        "two ",
        "three ",
        "four ",
        "five ",
        "six ");
    answer.answer(job);
    assertThat(pieces[0]).isLessThanOrEqualTo(5);
    assertThat(reported())
        .isInstanceOfSatisfying(
            AssistantMessage.class,
            message -> {
              assertThat(message.stopReason()).isEqualTo(StopReason.CANCELLED);
              assertThat(message.text()).startsWith("one two three");
            });
    assertThat(log.load(ANA).state().messages().list().getLast().text())
        .startsWith("one two three");
    assertThat(row(job).status()).isEqualTo("cancelled");
  }

  @Test
  void one_that_was_stopped_before_it_began_never_reaches_the_model() {
    AssistantJob job = said("hello");
    reduce(people.stops(ANA, job.operation(), clock.instant()));
    assertThat(answer.answer(job)).isEqualTo(new Result.Done());
    assertThat(model.prompts()).isEmpty();
    assertThat(inbox.take()).isEmpty();
  }

  @Test
  void a_failure_before_the_first_token_is_tried_again() {
    AssistantJob job = said("hello");
    model.fails("throttled", true).fails("throttled", true).says("hi");
    answer.answer(job);
    assertThat(reported()).isInstanceOf(AssistantMessage.class);
  }

  @Test
  void a_stream_that_breaks_off_is_a_failure_with_its_reason_and_what_was_written() {
    AssistantJob job = said("hello");
    model.breaksOffAfter("Hi", " the");
    answer.answer(job);
    assertThat(reported())
        .isInstanceOfSatisfying(
            AssistantFailed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("cut");
              assertThat(failed.retryable()).isTrue();
              assertThat(failed.text()).isEqualTo("Hi the");
            });
    assertThat(log.load(ANA).state().messages().list().getLast().text()).isEqualTo("Hi the");
    assertThat(row(job).status()).isEqualTo("failed");
  }

  @Test
  void a_job_that_was_given_up_ends_as_failed_once() {
    AssistantJob job = said("hello");
    operations.claim(job, clock.instant(), Duration.ofSeconds(15));
    assertThat(giveUp.giveUp(job)).isEqualTo(new Result.Later(Duration.ofSeconds(15)));
    clock.advance(Duration.ofSeconds(16));
    assertThat(giveUp.giveUp(job)).isEqualTo(new Result.Done());
    assertThat(reported())
        .isInstanceOfSatisfying(
            AssistantFailed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo("given_up");
              assertThat(failed.retryable()).isTrue();
            });
    assertThat(row(job).status()).isEqualTo("failed");
    assertThat(row(job).failure()).isEqualTo("given_up");
    assertThat(log.load(ANA).state().operations().list()).isEmpty();
    assertThat(giveUp.giveUp(job)).isEqualTo(new Result.Done());
    assertThat(inbox.take()).isEmpty();
  }

  @Test
  void one_that_is_given_up_twice_at_once_has_one_effect() {
    AssistantJob job = said("hello");
    giveUp.giveUp(job);
    List<Envelope> first = inbox.take();
    MemoryOperations forgetful = new MemoryOperations();
    clock.advance(Duration.ofSeconds(16));
    new GiveUp(new MemoryPeople(), log, forgetful, inbox, clock).giveUp(job);
    List<Envelope> second = inbox.take();
    assertThat(second).extracting(Envelope::id).containsExactly(first.getFirst().id());
    reduce(first.getFirst());
    long seq = log.load(ANA).state().seq();
    reduce(second.getFirst());
    assertThat(log.load(ANA).state().seq()).isEqualTo(seq);
  }

  @Test
  void one_that_was_answered_all_the_same_is_not_given_up() {
    AssistantJob job = said("hello");
    model.says("hi");
    answer.answer(job);
    reported();
    giveUp.giveUp(job);
    assertThat(inbox.take()).isEmpty();
    assertThat(row(job).status()).isEqualTo("complete");
  }

  @Test
  void a_job_of_an_erased_person_leaves_nothing() {
    AssistantJob job = said("hello");
    erasable.end(ANA);
    assertThat(answer.answer(job)).isEqualTo(new Result.Done());
    assertThat(giveUp.giveUp(job)).isEqualTo(new Result.Done());
    assertThat(operations.list(ANA, 10)).isEmpty();
    assertThat(inbox.take()).isEmpty();
    assertThat(model.prompts()).isEmpty();
  }

  @Test
  void a_job_of_a_generation_that_is_not_known_yet_comes_again() {
    AssistantJob known = said("hello");
    Person anew = new Person(ANA.user(), 2);
    AssistantJob job =
        new AssistantJob(anew, known.operation(), known.request(), 1, known.effectId());
    assertThatThrownBy(() -> answer.answer(job)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> giveUp.giveUp(job)).isInstanceOf(IllegalStateException.class);
    assertThat(operations.list(anew, 10)).isEmpty();
  }
}
