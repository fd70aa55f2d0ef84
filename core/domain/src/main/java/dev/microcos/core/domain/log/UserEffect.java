package dev.microcos.core.domain.log;

import dev.microcos.core.domain.id.ConversationId;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RunId;

/** What a commit of a person's log asks for. */
public sealed interface UserEffect extends Effect {

  /** Let the model answer; performed again only while the operation is open. */
  record StartAssistant(OperationId operationId, ConversationId conversationId)
      implements UserEffect {}

  /** Make the model stop. */
  record StopAssistant(OperationId operationId) implements UserEffect {}

  /** Put the messages that an event took out of the state into the archive. */
  record ArchiveMessages(EventId event) implements UserEffect {}

  /**
   * Start a run of a workflow that a signal triggers.
   *
   * @param event the signal
   */
  record StartRun(RunId runId, EventId event, RunFact.RunStarted started) implements UserEffect {}

  /**
   * Give a wait its signal.
   *
   * @param runId the run that waits
   * @param event the event that gives it
   */
  record DeliverSignal(RunId runId, EventId event, RunFact.SignalReceived received)
      implements UserEffect {}

  /** Have the schedule as the state has it. */
  record SetSchedule(String name) implements UserEffect {}

  /** Have the schedule no more, if the state does not have it. */
  record RemoveSchedule(String name) implements UserEffect {}
}
