package dev.microcos.core.application;

import dev.microcos.core.application.port.Archive;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.UserEffect;
import dev.microcos.core.domain.log.UserEffect.ArchiveMessages;
import dev.microcos.core.domain.log.UserEffect.DeliverSignal;
import dev.microcos.core.domain.log.UserEffect.RemoveSchedule;
import dev.microcos.core.domain.log.UserEffect.SetSchedule;
import dev.microcos.core.domain.log.UserEffect.StartAssistant;
import dev.microcos.core.domain.log.UserEffect.StopAssistant;
import dev.microcos.core.domain.log.UserFact.MessagesArchived;
import dev.microcos.core.domain.user.Message;
import dev.microcos.core.domain.user.Operation;
import dev.microcos.core.domain.user.UserState;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Carries out the effects of a commit that is written. Doing so again does no harm. */
public final class Perform implements Reduce.Performs<UserState> {

  private final EventLog<UserState> log;
  private final Archive archive;
  private final AssistantJobs jobs;
  private final Operations operations;
  private final Follow follow;
  private final InstantSource clock;

  public Perform(
      People people,
      EventLog<UserState> log,
      Archive archive,
      AssistantJobs jobs,
      Operations operations,
      Inbox inbox,
      Schedules schedules,
      InstantSource clock) {
    this.log = log;
    this.archive = archive;
    this.jobs = jobs;
    this.operations = operations;
    this.follow = new Follow(people, inbox, schedules, clock);
    this.clock = clock;
  }

  /**
   * Performs the commit's effects as far as the present state still asks for them, so that a commit
   * that was found again does not start what is over.
   *
   * @param present the newest state of the commit's person
   */
  @Override
  public void effects(Commit commit, UserState present) {
    List<Effect> effects = commit.effects();
    for (int i = 0; i < effects.size(); i++) {
      String id = Effect.id(commit.person().partition(), commit.firstSeq(), i);
      if (effects.get(i) instanceof UserEffect effect) {
        perform(effect, id, commit, present);
      }
    }
  }

  private void perform(UserEffect effect, String id, Commit commit, UserState present) {
    switch (effect) {
      case StartAssistant start -> start(start, id, present);
      case StopAssistant stop -> stop(stop, present);
      case ArchiveMessages archived -> keep(commit, archived.event());
      case UserEffect.StartRun run -> follow.start(commit, run, id);
      case DeliverSignal deliver -> follow.deliver(commit, deliver, id);
      case SetSchedule set -> follow.set(commit, set, id, present);
      case RemoveSchedule remove -> follow.remove(remove.name(), present);
    }
  }

  /** What the event took out of the state stood in the state before it. */
  private void keep(Commit commit, EventId id) {
    for (Event event : commit.events()) {
      if (event.envelope().id().equals(id) && event.fact() instanceof MessagesArchived archived) {
        UserState before = log.load(commit.person(), event.seq() - 1).state();
        Set<String> ids = Set.copyOf(archived.messageIds());
        archive.keep(
            commit.person(),
            before.messages().stream().filter(message -> ids.contains(message.id())).toList());
      }
    }
  }

  /** What was begun anew since is not stopped. */
  private void stop(StopAssistant stop, UserState present) {
    if (!present.operations().contains(stop.operationId().value())) {
      operations.cancel(present.person(), stop.operationId(), clock.instant());
    }
  }

  private void start(StartAssistant start, String effectId, UserState present) {
    Operation operation = present.operations().get(start.operationId().value());
    if (operation != null && !operation.queued()) {
      if (operation.retried()) {
        Message message = present.messages().get(operation.id());
        int attempt = message == null ? 1 : message.attempt();
        operations.reopen(present.person(), operation.operationId(), attempt, effectId);
      }
      jobs.submit(
          new AssistantJob(
              present.person(),
              operation.operationId(),
              operation.request(),
              operation.hops() + 1,
              effectId));
    }
  }
}
