package dev.microcos.core.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.UserEffect.StartAssistant;
import dev.microcos.core.domain.log.UserEffect.StopAssistant;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.MessagesArchived;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.Message.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConversationRulesTest {

  private final Story story = new Story();

  private Message message(OperationId id) {
    Message message = story.state().messages().get(id.value());
    assertThat(message).isNotNull();
    return Objects.requireNonNull(message);
  }

  @Nested
  class A_message {

    @Test
    void begins_an_answer() {
      OperationId operation = story.says("hello");
      assertThat(story.effects())
          .containsExactly(new StartAssistant(operation, ConversationId.MAIN));
      assertThat(story.state().messages().list())
          .extracting(Message::text, Message::status)
          .containsExactly(tuple("hello", Status.COMPLETE), tuple("", Status.STREAMING));
    }

    @Test
    void waits_while_another_answer_is_written() {
      OperationId first = story.says("one");
      OperationId second = story.says("two");
      assertThat(story.effects()).isEmpty();
      story.answers(first, "1");
      assertThat(story.effects()).containsExactly(new StartAssistant(second, ConversationId.MAIN));
      story.answers(second, "2");
      assertThat(story.state().operations().size()).isZero();
      assertThat(story.effects()).isEmpty();
    }

    @Test
    void that_interrupts_stops_all_answers_and_begins_its_own() {
      OperationId first = story.says("one");
      OperationId second = story.says("two");
      OperationId third = story.interrupts("three");
      assertThat(story.facts())
          .containsExactly(
              new UserMessage("three", true, third, false),
              new OperationCancelled(second),
              new OperationCancelled(first));
      assertThat(story.effects())
          .containsExactly(
              new StopAssistant(second),
              new StopAssistant(first),
              new StartAssistant(third, ConversationId.MAIN));
      assertThat(story.state().operations().list())
          .extracting(Operation::operationId)
          .containsExactly(third);
      assertThat(message(first).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void over_the_limit_of_a_minute_is_refused_and_leaves_no_message() {
      Story limited = new Story(new Policy(2, 600, 100_000, 100, Duration.ofDays(30)));
      limited.says("one");
      limited.says("two");
      limited.says("three");
      assertThat(limited.facts())
          .singleElement()
          .isInstanceOfSatisfying(
              Rejected.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(RejectionCode.LIMIT);
                assertThat(refused.quota()).isNotNull();
                assertThat(refused.refused()).isEqualTo("user.message");
              });
      assertThat(limited.state().messages().size()).isEqualTo(4);
      limited.later(Duration.ofMinutes(1));
      limited.says("four");
      assertThat(limited.state().messages().size()).isEqualTo(6);
    }

    @Test
    void over_the_tokens_of_a_day_is_refused_before_a_model_is_called() {
      Story limited = new Story(new Policy(60, 600, 10, 100, Duration.ofDays(30)));
      limited.answers(limited.says("one"), "1");
      limited.says("two");
      assertThat(limited.effects()).isEmpty();
      assertThat(limited.facts()).singleElement().isInstanceOf(Rejected.class);
      limited.later(Duration.ofDays(1));
      limited.says("three");
      assertThat(limited.effects()).hasSize(1);
    }
  }

  @Nested
  class An_answer {

    @Test
    void completes_the_message_and_counts_its_tokens() {
      OperationId operation = story.says("hello");
      story.answers(operation, "hi");
      assertThat(message(operation).text()).isEqualTo("hi");
      assertThat(message(operation).status()).isEqualTo(Status.COMPLETE);
      assertThat(story.state().usage().list()).containsExactly(new Usage("2026-11-21", 7, 3, 1));
    }

    @Test
    void that_comes_second_changes_nothing_but_is_paid() {
      OperationId operation = story.says("hello");
      story.answers(operation, "hi");
      story.answers(operation, 2, "hi again", StopReason.END_TURN);
      assertThat(story.facts())
          .singleElement()
          .isInstanceOfSatisfying(
              Rejected.class,
              refused -> assertThat(refused.code()).isEqualTo(RejectionCode.OPERATION_CLOSED));
      assertThat(message(operation).text()).isEqualTo("hi");
      assertThat(story.state().usage().list()).containsExactly(new Usage("2026-11-21", 14, 6, 2));
    }

    @Test
    void that_fails_is_shown_as_failed_and_the_next_begins() {
      OperationId first = story.says("one");
      OperationId second = story.says("two");
      story.comes(_ -> new AssistantFailed(first, 1, "throttled", "busy", true, TokenUse.NONE, ""));
      assertThat(message(first).status()).isEqualTo(Status.FAILED);
      assertThat(story.effects()).containsExactly(new StartAssistant(second, ConversationId.MAIN));
    }
  }

  @Nested
  class Stopping {

    @Test
    void an_answer_keeps_the_part_that_was_written() {
      OperationId operation = story.says("hello");
      story.comes(_ -> new OperationCancelled(operation));
      assertThat(story.effects()).containsExactly(new StopAssistant(operation));
      story.answers(operation, 1, "half of", StopReason.CANCELLED);
      assertThat(story.facts()).singleElement().isInstanceOf(AssistantMessage.class);
      assertThat(message(operation).text()).isEqualTo("half of");
      assertThat(message(operation).status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void a_waiting_answer_does_not_begin_another() {
      story.says("one");
      OperationId second = story.says("two");
      story.says("three");
      story.comes(_ -> new OperationCancelled(second));
      assertThat(story.effects()).containsExactly(new StopAssistant(second));
    }

    @Test
    void what_is_over_or_unknown_is_refused() {
      OperationId operation = story.says("hello");
      story.answers(operation, "hi");
      story.comes(_ -> new OperationCancelled(operation));
      assertThat(story.facts())
          .singleElement()
          .extracting(fact -> ((Rejected) fact).code())
          .isEqualTo(RejectionCode.OPERATION_CLOSED);
      story.comes(id -> new OperationCancelled(OperationId.startedBy(id)));
      assertThat(story.facts())
          .singleElement()
          .extracting(fact -> ((Rejected) fact).code())
          .isEqualTo(RejectionCode.NOT_FOUND);
    }
  }

  @Test
  void messages_leave_in_chunks_and_the_newest_stay() {
    Story keeping = new Story(new Policy(10_000, 10_000, 100_000, 20, Duration.ofDays(30)));
    List<String> left = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      OperationId operation = keeping.says("say " + i);
      keeping.facts().stream()
          .filter(MessagesArchived.class::isInstance)
          .map(MessagesArchived.class::cast)
          .forEach(fact -> left.addAll(fact.messageIds()));
      keeping.answers(operation, "answer " + i);
      keeping.later(Duration.ofSeconds(1));
    }
    assertThat(keeping.state().messages().size()).isBetween(20, 20 + Policy.ARCHIVE_CHUNK + 2);
    assertThat(keeping.state().messages().list().getLast().text()).isEqualTo("answer 59");
    assertThat(left).hasSize(120 - keeping.state().messages().size()).doesNotHaveDuplicates();
  }

  @Test
  void a_gap_in_the_log_is_never_folded() {
    UserState state = story.state();
    story.says("one");
    assertThatThrownBy(
            () -> UserEvolution.evolve(state, new Event(2, Story.NOON, story.comes(_ -> one()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static UserMessage one() {
    return new UserMessage("one", false, null, false);
  }
}
