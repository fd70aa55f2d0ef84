package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Aggregate;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;

/** The rules of people's own logs. */
public enum UserAggregate implements Aggregate<UserState> {
  USER;

  @Override
  public UserState empty(Subject subject) {
    return UserState.empty(subject.person());
  }

  @Override
  public Decision decide(UserState state, Envelope envelope, Policy policy) {
    return UserRules.decide(state, envelope, policy);
  }

  @Override
  public UserState evolve(UserState state, Event event) {
    return UserEvolution.evolve(state, event);
  }
}
