package dev.microcos.core.application;

import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.application.port.People;
import dev.microcos.core.application.port.Schedules;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.log.Fact;
import dev.microcos.core.domain.log.UserEffect.DeliverSignal;
import dev.microcos.core.domain.log.UserEffect.SetSchedule;
import dev.microcos.core.domain.log.UserEffect.StartRun;
import dev.microcos.core.domain.log.UserFact.ScheduleRemoved;
import dev.microcos.core.domain.user.KeptSchedule;
import dev.microcos.core.domain.user.UserState;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What follows for runs and schedules from a commit of a person. */
final class Follow {

  private final People people;
  private final Inbox inbox;
  private final Schedules schedules;
  private final InstantSource clock;

  Follow(People people, Inbox inbox, Schedules schedules, InstantSource clock) {
    this.people = people;
    this.inbox = inbox;
    this.schedules = schedules;
    this.clock = clock;
  }

  void start(Commit commit, StartRun start, String effectId) {
    send(commit, start.event(), effectId, start.started(), start.runId());
  }

  void deliver(Commit commit, DeliverSignal deliver, String effectId) {
    send(commit, deliver.event(), effectId, deliver.received(), deliver.runId());
  }

  /**
   * What can never be set is taken back, so that nobody waits for it. So is what belongs to
   * somebody who was erased while it was set; should they be erased this very moment, it is found
   * out when it fires, as only what will fire is there.
   */
  void set(Commit commit, SetSchedule set, String effectId, UserState present) {
    KeptSchedule kept = present.schedules().get(set.name());
    if (kept == null) {
      return;
    }
    if (!kept.schedule().enabled()) {
      schedules.remove(present.person(), kept.id());
      return;
    }
    try {
      schedules.set(present.person(), kept);
    } catch (IllegalArgumentException never) {
      EventId event = commit.events().getFirst().envelope().id();
      send(commit, event, effectId, new ScheduleRemoved(set.name()), null);
      return;
    }
    if (people.isOver(present.person())) {
      schedules.remove(present.person(), kept.id());
    }
  }

  void remove(String name, UserState present) {
    if (!present.schedules().contains(name)) {
      schedules.remove(present.person(), name);
    }
  }

  private void send(Commit commit, EventId id, String effectId, Fact fact, @Nullable RunId run) {
    for (Event event : commit.events()) {
      Envelope cause = event.envelope();
      if (cause.id().equals(id)) {
        inbox.send(
            new Envelope(
                id.causedBy(effectId),
                fact,
                commit.person(),
                cause.conversation(),
                cause.request(),
                null,
                null,
                run,
                id,
                cause.hops() + 1,
                clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        return;
      }
    }
  }
}
