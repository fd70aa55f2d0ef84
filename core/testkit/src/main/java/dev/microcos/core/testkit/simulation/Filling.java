package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.Reduce.Incoming;
import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.TaskId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.UserFact.TaskDeleted;
import dev.microcos.core.testkit.People;
import dev.microcos.core.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Many small events of one person, so that what came before them is behind the ring of ids. */
final class Filling {

  private static final int GROUP = 64;

  private final Person person;
  private final Random dice;
  private final TestClock clock;

  Filling(Person person, Random dice, TestClock clock) {
    this.person = person;
    this.dice = dice;
    this.clock = clock;
  }

  /** Events that change nothing. */
  void into(Reduce<?> reduce, int events) {
    People people = new People(dice.nextLong());
    TaskId nothing = TaskId.madeBy(EventId.create(clock.instant(), dice));
    for (int done = 0; done < events; done += GROUP) {
      List<Envelope> group = new ArrayList<>(GROUP);
      for (int i = 0; i < GROUP; i++) {
        group.add(people.envelope(person, clock.instant(), _ -> new TaskDeleted(nothing)));
      }
      reduce(reduce, group);
    }
  }

  /** Messages that nobody answers any more, so that they may leave the state. */
  void talk(Reduce<?> reduce, int messages) {
    People people = new People(dice.nextLong());
    for (int i = 0; i < messages; i++) {
      Envelope said = people.says(person, "long ago " + i, clock.instant());
      OperationId answer = OperationId.startedBy(said.id());
      reduce(reduce, List.of(said, people.stops(person, answer, clock.instant())));
    }
  }

  private void reduce(Reduce<?> reduce, List<Envelope> group) {
    reduce.reduce(group.stream().map(each -> new Incoming(each, 1)).toList());
    clock.advance(Duration.ofSeconds(10));
  }
}
