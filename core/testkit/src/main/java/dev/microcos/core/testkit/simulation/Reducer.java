package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.application.Reduce.Outcome;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.testkit.simulation.SimulatedQueue.Delivery;
import dev.microcos.core.wire.EnvelopeJson;
import dev.microcos.core.wire.UnknownTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A process that reduces batches of the inbox, group by group, as the reducer's function does. */
final class Reducer {

  private static final int TRIES = 3;
  private static final int LONGEST_PAUSE_SECONDS = 30;

  private final Reduce<UserState> people;
  private final Reduce<RunState> runs;
  private final SimulatedQueue inbox;
  private final Boundary edge;

  Reducer(Reduce<UserState> people, Reduce<RunState> runs, SimulatedQueue inbox, Boundary edge) {
    this.people = people;
    this.runs = runs;
    this.inbox = inbox;
    this.edge = edge;
  }

  void work(int most) {
    Map<String, List<Delivery>> groups = new LinkedHashMap<>();
    for (Delivery delivery : inbox.receive(most)) {
      groups.computeIfAbsent(delivery.group(), _ -> new ArrayList<>()).add(delivery);
    }
    List<Delivery> done = new ArrayList<>();
    for (List<Delivery> group : groups.values()) {
      int reduced = tryOften(group);
      done.addAll(group.subList(0, reduced));
      pause(group.subList(reduced, group.size()));
    }
    for (Delivery delivery : done) {
      edge.cross("acknowledges", () -> inbox.delete(delivery));
    }
  }

  private int tryOften(List<Delivery> group) {
    int done = 0;
    for (int tries = 1; tries <= TRIES && done < group.size(); tries++) {
      try {
        done += reduced(group.subList(done, group.size()));
      } catch (RuntimeException passing) {
        // tried again, then left to the queue
      }
    }
    return done;
  }

  private int reduced(List<Delivery> group) {
    List<Incoming> incoming = new ArrayList<>();
    for (Delivery delivery : group) {
      try {
        incoming.add(new Incoming(EnvelopeJson.fromInbox(delivery.body()), delivery.received()));
      } catch (UnknownTypeException tooNew) {
        break;
      }
    }
    if (incoming.isEmpty()) {
      return 0;
    }
    Outcome outcome =
        switch (incoming.getFirst().envelope().subject()) {
          case Person person -> people.reduce(incoming);
          case PersonRun run -> runs.reduce(incoming);
        };
    return outcome.done();
  }

  private void pause(List<Delivery> undone) {
    for (Delivery delivery : undone) {
      int doubled = 1 << Math.min(5, undone.getFirst().received());
      Duration pause = Duration.ofSeconds(Math.min(LONGEST_PAUSE_SECONDS, doubled));
      edge.cross("pauses", () -> inbox.hide(delivery, pause));
    }
  }
}
