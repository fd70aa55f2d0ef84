package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.Erase;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.PersonalData;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.user.UserState;
import java.util.ArrayDeque;
import java.util.Deque;

/** Erases those who want to be forgotten, and asks again until there is a receipt. */
final class Eraser {

  private final Deque<UserId> wanted = new ArrayDeque<>();
  private final Erase erase;

  Eraser(Stores stores, Boundary edge) {
    EventLog<UserState> log = edge.failing(EventLog.class, stores.sealedLog());
    this.erase =
        new Erase(
            edge.failing(People.class, stores.people),
            edge.failing(PersonalData.class, stores),
            log,
            stores.readRuns(),
            edge.failing(Executions.class, stores.stepFunctions),
            edge.failing(Schedules.class, stores.timetable),
            stores.clock);
  }

  /** Somebody wants to be forgotten. */
  void want(UserId user) {
    if (!wanted.contains(user)) {
      wanted.add(user);
    }
  }

  boolean isDone() {
    return wanted.isEmpty();
  }

  void work() {
    if (wanted.isEmpty()) {
      return;
    }
    try {
      Erase.Receipt _ = erase.erase(wanted.getFirst());
      wanted.removeFirst();
    } catch (Unavailable | IllegalStateException again) {
      // asked again
    }
  }
}
