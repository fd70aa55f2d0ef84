package dev.microcos.core.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.UserEffect.StartAssistant;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.user.Message.Status;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryRulesTest {

  private final Story story = new Story();

  private Message message(OperationId id) {
    return Objects.requireNonNull(story.state().messages().get(id.value()));
  }

  private OperationId failed(String text, int attempt) {
    OperationId operation = story.says(text);
    fails(operation, attempt);
    return operation;
  }

  private void fails(OperationId operation, int attempt) {
    story.comes(_ ->
        new AssistantFailed(operation, attempt, "throttled", "too busy", true, TokenUse.NONE, ""));
  }

  private void breaksOff(OperationId operation, @Nullable String text) {
    story.comes(
        _ -> new AssistantFailed(operation, 1, "cut", "it broke off", true, TokenUse.NONE, text));
  }

  private void retries(OperationId operation) {
    story.comes(_ -> new OperationRetried(operation, null, false));
  }

  private void assertRefused(RejectionCode code) {
    assertThat(story.facts())
        .singleElement()
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }

  @Test
  void what_failed_is_begun_anew_and_may_succeed() {
    OperationId operation = failed("hello", 2);
    retries(operation);
    assertThat(story.effects()).containsExactly(new StartAssistant(operation, ConversationId.MAIN));
    assertThat(message(operation).status()).isEqualTo(Status.STREAMING);
    assertThat(message(operation).attempt()).isEqualTo(3);
    story.answers(operation, 3, "Hello.", StopReason.END_TURN);
    assertThat(message(operation).status()).isEqualTo(Status.COMPLETE);
    assertThat(message(operation).text()).isEqualTo("Hello.");
    assertThat(story.state().operations().size()).isZero();
  }

  @Test
  void what_broke_off_keeps_what_was_written_until_it_is_begun_anew() {
    OperationId operation = story.says("hello");
    breaksOff(operation, "Once upon");
    assertThat(message(operation).status()).isEqualTo(Status.FAILED);
    assertThat(message(operation).text()).isEqualTo("Once upon");
    assertThat(message(operation).failure()).isEqualTo(new Message.Failure("cut", "it broke off"));
    retries(operation);
    assertThat(message(operation).text()).isEmpty();
    assertThat(message(operation).failure()).isNull();
  }

  @Test
  void what_failed_before_texts_were_told_says_nothing_and_gives_no_reason() {
    OperationId operation = story.says("hello");
    breaksOff(operation, null);
    assertThat(message(operation).status()).isEqualTo(Status.FAILED);
    assertThat(message(operation).text()).isEmpty();
    assertThat(message(operation).failure()).isNull();
  }

  @Test
  void what_was_stopped_can_be_begun_anew() {
    OperationId operation = story.says("hello");
    story.comes(_ -> new OperationCancelled(operation));
    retries(operation);
    assertThat(message(operation).status()).isEqualTo(Status.STREAMING);
  }

  @Test
  void a_report_of_an_attempt_before_the_retry_ends_nothing() {
    OperationId operation = failed("hello", 1);
    retries(operation);
    fails(operation, 1);
    assertRefused(RejectionCode.OPERATION_CLOSED);
    assertThat(message(operation).status()).isEqualTo(Status.STREAMING);
    story.answers(operation, 1, "late", StopReason.CANCELLED);
    assertRefused(RejectionCode.OPERATION_CLOSED);
    assertThat(message(operation).status()).isEqualTo(Status.STREAMING);
  }

  @Test
  void a_retry_waits_for_the_answer_that_is_being_written() {
    OperationId first = failed("one", 1);
    OperationId second = story.says("two");
    retries(first);
    assertThat(story.effects()).isEmpty();
    story.answers(second, "Two.");
    assertThat(story.effects()).containsExactly(new StartAssistant(first, ConversationId.MAIN));
  }

  @Test
  void what_runs_or_succeeded_is_not_tried_again() {
    OperationId operation = story.says("hello");
    retries(operation);
    assertRefused(RejectionCode.CONFLICT);
    story.answers(operation, "Hello.");
    retries(operation);
    assertRefused(RejectionCode.CONFLICT);
  }

  @Test
  void what_is_unknown_is_refused_by_name() {
    OperationId operation = new OperationId("op_01a1fd70-fd78-7b3a-9c41-5d2f8e7a0003");
    retries(operation);
    assertRefused(RejectionCode.NOT_FOUND);
  }

  @Test
  void tries_count_against_the_tokens_of_a_day() {
    Story poor = new Story(new Policy(60, 600, 5, 100, Policy.DEFAULT.keepFor()));
    OperationId operation = poor.says("hello");
    poor.comes(
        _ -> new AssistantFailed(operation, 1, "cut", "cut", true, new TokenUse("test", 9, 9), ""));
    poor.comes(_ -> new OperationRetried(operation, null, false));
    assertThat(poor.facts())
        .singleElement()
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(RejectionCode.LIMIT));
  }
}
