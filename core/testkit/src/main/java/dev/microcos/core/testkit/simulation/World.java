package dev.microcos.core.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.Accept;
import dev.microcos.core.application.Perform;
import dev.microcos.core.application.Reduce;
import dev.microcos.core.application.port.Inbox;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.user.Policy;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.testkit.MemorySchedules;
import dev.microcos.core.testkit.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The stores, the processes and the people, and what happens to them. */
final class World {

  private static final String POISON = "of.a.later.release";
  private static final Duration LONGER_THAN_ANY_WAIT = Duration.ofDays(3);

  final Stores stores;
  final List<Client> clients = new ArrayList<>();
  final Faults faults;

  /** Those for whom something came in that cannot be read. */
  final Set<Person> poisoned = new LinkedHashSet<>();

  private final Random dice;
  private final Pages pages = new Pages();
  private final Policy policy;
  private final Processes processes;
  private final Eraser eraser;
  private final Accept accept;

  World(long seed, boolean traced) {
    this.dice = new Random(seed);
    this.stores = new Stores(dice);
    this.faults = new Faults(dice, stores.clock, traced);
    this.policy =
        new Policy(1_000_000, 1_000_000, 1_000_000, 4 + dice.nextInt(100), Duration.ofDays(30))
            .with(
                Map.of(
                    Program.TRIGGER,
                    List.of(new Policy.Triggered(Program.TRIGGERED, "Begin", "a".repeat(64)))));
    for (int i = 0; i < 3; i++) {
      Person person = People.person("person " + i);
      clients.add(new Client(person.user(), dice, stores));
    }
    this.processes = new Processes(stores, faults, dice, pages, policy);
    this.eraser = new Eraser(stores, new Boundary("eraser", faults));
    processes.add(eraser::work);
    Inbox door = new Boundary("ingress", faults).failing(Inbox.class, stores::arrive);
    this.accept = new Accept(stores.people, door, stores.clock, dice);
    faults.between(processes::turn);
  }

  /** One thing happens somewhere. */
  void step() {
    switch (dice.nextInt(14)) {
      case 0, 1, 2, 3 -> anybody().act(accept);
      case 4, 5 -> stores.clock.advance(Duration.ofMillis(dice.nextInt(5_000)));
      case 6 -> rarely();
      default -> processes.turn();
    }
  }

  private void rarely() {
    switch (dice.nextInt(5)) {
      case 0 -> stores.clock.advance(Duration.ofSeconds(dice.nextInt(400)));
      case 1 -> faults.outage(Duration.ofSeconds(dice.nextInt(180)));
      case 2 -> stores.timetable.fire();
      default -> stores.clock.advance(Duration.ofSeconds(dice.nextInt(70)));
    }
  }

  private Client anybody() {
    return clients.get(dice.nextInt(clients.size()));
  }

  /** A client asks once more for what it asked for long ago. */
  void repeat() {
    anybody().repeat(accept);
  }

  /** Somebody wants to be forgotten, and goes on as if nothing had been. */
  void erase() {
    eraser.want(anybody().person().user());
  }

  /** Something of a later release comes in for a person, which blocks what comes after it. */
  void poison(Person person) {
    String group = person.group();
    stores.inbox.send(
        group,
        "{\"user_id\":\""
            + group
            + "\",\"generation\":1,\"type\":\""
            + POISON
            + "\",\"version\":1}");
    poisoned.add(person);
  }

  /** What lies in the dead-letter queue is sent again, without what cannot be read. */
  void redrive() {
    assertThat(stores.inbox.dead())
        .as("only what waited behind the unreadable is dead")
        .isNotEmpty()
        .allMatch(group -> poisoned.stream().anyMatch(each -> each.group().equals(group)));
    stores.inbox.redrive(body -> body.contains(POISON));
  }

  /** A long time goes by for one person, in which nothing goes wrong: many events. */
  void fill(Person person, int events) {
    new Filling(person, dice, stores.clock).into(undisturbed(), events);
  }

  /** A person has said much before it all begins. */
  void talk(Person person, int messages) {
    new Filling(person, dice, stores.clock).talk(undisturbed(), messages);
  }

  private Reduce<UserState> undisturbed() {
    return Reduce.ofPeople(
        stores.people,
        stores.log,
        new Perform(
            stores.people,
            stores.log,
            stores.archive,
            _ -> {},
            stores.operations,
            _ -> {},
            new MemorySchedules(),
            stores.clock),
        pages.push(),
        stores.clock,
        policy);
  }

  /** All that lies in the queues is worked off. */
  boolean comesToRest() {
    for (int i = 0; i < 20_000; i++) {
      if (isAtRest()) {
        return true;
      }
      processes.turn();
      if (i % 8 == 0) {
        stores.clock.advance(Duration.ofSeconds(5));
      }
    }
    return false;
  }

  private boolean isAtRest() {
    return stores.inbox.isEmpty()
        && stores.jobs.isEmpty()
        && stores.jobs.dead().isEmpty()
        && stores.deadJobs.isEmpty()
        && stores.invocations.isEmpty()
        && eraser.isDone();
  }

  /** People do what their runs wait for, some of it. */
  void serve() {
    clients.forEach(client -> client.serve(accept));
  }

  /** Whether some execution still goes on; if so, its time runs out. */
  boolean timesOut() {
    boolean open =
        stores.stepFunctions.all().stream()
            .anyMatch(each -> each.status() == SimulatedExecution.Status.RUNNING);
    if (open) {
      stores.clock.advance(LONGER_THAN_ANY_WAIT);
      stores.stepFunctions.look();
    }
    return open;
  }

  /** Each schedule is due once more. */
  void fire() {
    stores.timetable.fire();
  }
}
