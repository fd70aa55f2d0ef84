package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Fact.Rejected;
import dev.microcos.core.domain.log.Fact.RejectionCode;
import dev.microcos.core.domain.log.Fact.TokenUse;
import dev.microcos.core.domain.log.RunFact;
import dev.microcos.core.domain.log.UserEffect.ArchiveMessages;
import dev.microcos.core.domain.log.UserEffect.RemoveSchedule;
import dev.microcos.core.domain.log.UserEffect.SetSchedule;
import dev.microcos.core.domain.log.UserEffect.StartAssistant;
import dev.microcos.core.domain.log.UserEffect.StopAssistant;
import dev.microcos.core.domain.log.UserFact.AssistantFailed;
import dev.microcos.core.domain.log.UserFact.AssistantMessage;
import dev.microcos.core.domain.log.UserFact.CalendarEventAdded;
import dev.microcos.core.domain.log.UserFact.CalendarEventRemoved;
import dev.microcos.core.domain.log.UserFact.MemoryUpdated;
import dev.microcos.core.domain.log.UserFact.MessagesArchived;
import dev.microcos.core.domain.log.UserFact.NotificationSent;
import dev.microcos.core.domain.log.UserFact.OperationCancelled;
import dev.microcos.core.domain.log.UserFact.OperationRetried;
import dev.microcos.core.domain.log.UserFact.PreferencesUpdated;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.log.UserFact.ScheduleSet;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.log.UserFact.TaskCreated;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.domain.log.UserFact.TaskUpdated;
import dev.microcos.core.domain.log.UserFact.UserMessage;
import dev.microcos.core.domain.user.Message.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is decided for an envelope: once, before it is written, and never again. */
public final class UserRules {

  private UserRules() {}

  /** What happens because of the envelope, which the log does not hold yet. */
  public static Decision decide(UserState state, Envelope envelope, Policy policy) {
    Optional<Rejected> refusal = Limits.refusal(state, envelope, policy);
    if (refusal.isPresent()) {
      return Decision.of(envelope.decided(refusal.get()));
    }
    return switch (envelope.fact()) {
      case UserMessage said -> said(state, envelope, said, policy);
      case AssistantMessage answer -> answered(state, envelope, answer);
      case AssistantFailed failed ->
          isOpen(state, failed.operationId(), failed.attempt())
              ? new Decision(List.of(envelope), startNext(state, failed.operationId()))
              : closed(envelope, failed.operationId(), failed.tokens());
      case OperationCancelled cancelled -> cancelled(state, envelope, cancelled.operationId());
      case OperationRetried retried -> retried(state, envelope, retried.operationId());
      case TaskCreated created -> Decision.of(envelope);
      case TaskUpdated updated ->
          state.tasks().contains(updated.taskId().value())
              ? Decision.of(envelope)
              : notFound(envelope, updated.taskId().value());
      case TaskDeleted deleted ->
          state.tasks().contains(deleted.taskId().value())
              ? Decision.of(envelope)
              : notFound(envelope, deleted.taskId().value());
      case CalendarEventAdded added -> Decision.of(envelope);
      case CalendarEventRemoved removed ->
          state.calendar().contains(removed.calendarEventId().value())
              ? Decision.of(envelope)
              : notFound(envelope, removed.calendarEventId().value());
      case PreferencesUpdated updated -> Decision.of(envelope);
      case MessagesArchived archived -> Decision.of(envelope);
      case RunUpdated updated -> Signals.updated(state, envelope, updated);
      case SignalSent sent -> Signals.sent(state, envelope, sent, policy);
      case ScheduleSet set ->
          new Decision(List.of(envelope), List.of(new SetSchedule(set.schedule().name())));
      case ScheduleRemoved removed ->
          state.schedules().contains(removed.name())
              ? new Decision(List.of(envelope), List.of(new RemoveSchedule(removed.name())))
              : notFound(envelope, "schedule " + removed.name());
      case MemoryUpdated updated -> Decision.of(envelope);
      case NotificationSent sent -> notified(state, envelope, sent);
      case Rejected rejected -> Decision.of(envelope);
      case RunFact stray ->
          Decision.refusal(envelope, RejectionCode.INVALID, "it belongs to a run's log");
    };
  }

  private static Decision said(
      UserState state, Envelope envelope, UserMessage said, Policy policy) {
    OperationId operation = OperationId.startedBy(envelope.id());
    List<Operation> open = Conversation.open(state, envelope.conversation());
    List<Operation> stopped = said.interrupt() ? open : List.of();
    boolean queued = open.size() > stopped.size();
    List<Envelope> facts = new ArrayList<>();
    facts.add(envelope.decided(new UserMessage(said.text(), said.interrupt(), operation, queued)));
    List<Effect> effects = new ArrayList<>();
    for (Operation each : stopped.reversed()) {
      facts.add(envelope.further(facts.size(), new OperationCancelled(each.operationId())));
      effects.add(new StopAssistant(each.operationId()));
    }
    if (!queued) {
      effects.add(new StartAssistant(operation, envelope.conversation()));
    }
    List<String> leaving = Retention.leaving(state, envelope.timestamp(), policy);
    if (!leaving.isEmpty()) {
      Envelope archived = envelope.further(facts.size(), new MessagesArchived(leaving));
      facts.add(archived);
      effects.add(new ArchiveMessages(archived.id()));
    }
    return new Decision(facts, effects);
  }

  private static Decision notified(UserState state, Envelope envelope, NotificationSent sent) {
    int surplus = state.notifications().size() + 1 - Policy.MAX_NOTIFICATIONS;
    List<EventId> leaving =
        state.notifications().stream()
            .limit(Math.max(0, surplus))
            .map(old -> new EventId(old.id()))
            .toList();
    return Decision.of(
        envelope.decided(new NotificationSent(sent.title(), sent.text(), sent.runId(), leaving)));
  }

  private static Decision answered(UserState state, Envelope envelope, AssistantMessage answer) {
    if (isOpen(state, answer.operationId(), answer.attempt())) {
      return new Decision(List.of(envelope), startNext(state, answer.operationId()));
    }
    Message message = state.messages().get(answer.operationId().value());
    boolean restOfStopped =
        message != null && message.status() == Status.CANCELLED && message.text().isEmpty();
    return restOfStopped
        ? Decision.of(envelope)
        : closed(envelope, answer.operationId(), answer.tokens());
  }

  private static Decision cancelled(UserState state, Envelope envelope, OperationId id) {
    if (isOpen(state, id)) {
      List<Effect> effects = new ArrayList<>();
      effects.add(new StopAssistant(id));
      effects.addAll(startNext(state, id));
      return new Decision(List.of(envelope), effects);
    }
    return state.messages().contains(id.value())
        ? closed(envelope, id, TokenUse.NONE)
        : notFound(envelope, id.value());
  }

  private static Decision retried(UserState state, Envelope envelope, OperationId id) {
    Message message = state.messages().get(id.value());
    if (message == null) {
      return notFound(envelope, id.value());
    }
    if (message.status() != Status.FAILED && message.status() != Status.CANCELLED) {
      return Decision.refusal(
          envelope,
          RejectionCode.CONFLICT,
          "only what failed or was stopped can be tried again; " + id + " was not");
    }
    ConversationId conversation = message.conversationId();
    boolean queued = !Conversation.open(state, conversation).isEmpty();
    return new Decision(
        List.of(envelope.decided(new OperationRetried(id, conversation, queued))),
        queued ? List.of() : List.of(new StartAssistant(id, conversation)));
  }

  private static List<Effect> startNext(UserState state, OperationId ended) {
    return Conversation.next(state, ended)
        .<List<Effect>>map(
            next -> List.of(new StartAssistant(next.operationId(), next.conversationId())))
        .orElse(List.of());
  }

  private static boolean isOpen(UserState state, OperationId id) {
    return state.operations().contains(id.value());
  }

  /** Whether a call is open and has not been begun anew since that attempt. */
  private static boolean isOpen(UserState state, OperationId id, int attempt) {
    Message message = state.messages().get(id.value());
    return isOpen(state, id) && (message == null || message.attempt() <= attempt);
  }

  private static Decision closed(Envelope envelope, OperationId id, TokenUse tokens) {
    return Decision.of(
        envelope.decided(
            new Rejected(
                RejectionCode.OPERATION_CLOSED,
                "operation " + id + " is over",
                envelope.fact().type(),
                null,
                tokens)));
  }

  private static Decision notFound(Envelope envelope, String id) {
    return Decision.refusal(envelope, RejectionCode.NOT_FOUND, "there is no " + id);
  }
}
