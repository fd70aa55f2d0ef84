package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.run.RunState;

/** What must hold of a world that has come to rest, whatever happened in it. */
final class Verdict {

  private Verdict() {}

  /** Nothing is under way; what waits, waits for a person, a signal or a time. */
  static void onRest(World world) {
    for (Client client : world.clients) {
      RunVerdict.onRest(world.stores, client.person());
    }
  }

  /** All is over. */
  static void onEnd(World world) {
    Stores stores = world.stores;
    for (Client client : world.clients) {
      Person person = client.person();
      LogVerdict<?> log = LogVerdict.of(stores, person);
      log.holds(client.acknowledged());
      inOrder(world, log, person);
      PersonVerdict.on(stores, person, log.events());
      for (RunState run : stores.runsOf(person)) {
        LogVerdict<?> ofRun = LogVerdict.of(stores, run.subject());
        ofRun.holds(client.acknowledged());
        inOrder(world, ofRun, run.subject());
        RunVerdict.onEnd(stores, run);
      }
      nowhereElse(stores, client, person);
      for (int past = 1; past < person.generation(); past++) {
        ErasedVerdict.on(stores, new Person(person.user(), past));
      }
    }
    assertThat(stores.inbox.dead()).as("dead letters of the inbox").isEmpty();
    assertThat(stores.deadJobs.dead()).as("dead letters of the dead letters").isEmpty();
  }

  /** After a redrive they are in another order. */
  private static void inOrder(World world, LogVerdict<?> log, Subject subject) {
    boolean redriven =
        world.poisoned.stream().anyMatch(each -> each.group().equals(subject.group()));
    if (!redriven) {
      log.inOrder();
    }
  }

  private static void nowhereElse(Stores stores, Client client, Person person) {
    for (Envelope promised : client.acknowledged()) {
      assertThat(
              stores.log.find(person, promised.id()).isPresent()
                  || stores.runLog.find(promised.subject(), promised.id()).isPresent())
          .as("what was acknowledged is written: %s", promised)
          .isTrue();
    }
  }
}
