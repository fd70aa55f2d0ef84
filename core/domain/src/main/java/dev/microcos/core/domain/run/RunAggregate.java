package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.Policy;

/** The rules of the logs of runs. */
public enum RunAggregate implements Aggregate<RunState> {
  RUN;

  @Override
  public RunState empty(Subject subject) {
    return RunState.empty((PersonRun) subject);
  }

  @Override
  public Decision decide(RunState state, Envelope envelope, Policy policy) {
    return RunRules.decide(state, envelope);
  }

  @Override
  public RunState evolve(RunState state, Event event) {
    return RunEvolution.evolve(state, event);
  }
}
