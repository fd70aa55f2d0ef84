package dev.microcos.core.application;

import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.AssistantJobs;
import dev.microcos.core.application.port.Operations;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Effect.StartAssistant;
import dev.microcos.core.domain.log.Effect.StopAssistant;
import dev.microcos.core.domain.user.Operation;
import dev.microcos.core.domain.user.UserState;
import java.time.InstantSource;
import java.util.List;

/** Carries out the effects of a commit that is written. Doing so again does no harm. */
public final class Perform {

  private final AssistantJobs jobs;
  private final Operations operations;
  private final InstantSource clock;

  public Perform(AssistantJobs jobs, Operations operations, InstantSource clock) {
    this.jobs = jobs;
    this.operations = operations;
    this.clock = clock;
  }

  /**
   * Performs the commit's effects as far as the present state still asks for them, so that a commit
   * that was found again does not start what is over.
   *
   * @param present the newest state of the commit's person
   */
  void effects(Commit commit, UserState present) {
    List<Effect> effects = commit.effects();
    for (int i = 0; i < effects.size(); i++) {
      String id = Effect.id(commit.person().partition(), commit.firstSeq(), i);
      switch (effects.get(i)) {
        case StartAssistant start -> start(start, id, present);
        case StopAssistant stop ->
            operations.cancel(commit.person(), stop.operationId(), clock.instant());
      }
    }
  }

  private void start(StartAssistant start, String effectId, UserState present) {
    Operation operation = present.operations().get(start.operationId().value());
    if (operation != null && !operation.queued()) {
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
