package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Watching;
import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.PersonRun;
import org.junit.jupiter.api.Test;

/** What everything keeps to that knows which sockets watch which runs. */
public abstract class WatchingContract {

  private final RunPeople runs = new RunPeople(31);

  /** Who watches, whatever other people watch. */
  protected abstract Watching watching();

  /** Somebody who watches nothing yet. */
  protected abstract Person newPerson();

  private static void watch(Watching watching, String connection, PersonRun run) {
    watching.watch(run.person(), connection, run.run());
  }

  @Test
  void a_socket_watches_a_run_until_it_does_not() {
    PersonRun run = runs.run(newPerson());
    assertThat(watching().watching(run.person(), run.run())).isEmpty();
    watch(watching(), "one=", run);
    watch(watching(), "one=", run);
    assertThat(watching().watching(run.person(), run.run())).containsExactly("one=");
    watching().unwatch(run.person(), "one=", run.run());
    watching().unwatch(run.person(), "one=", run.run());
    assertThat(watching().watching(run.person(), run.run())).isEmpty();
  }

  @Test
  void each_run_has_its_own_sockets() {
    Person person = newPerson();
    PersonRun first = runs.run(person);
    PersonRun second = runs.run(person);
    watch(watching(), "one", first);
    watch(watching(), "two", first);
    watch(watching(), "two", second);
    watching().unwatch(person, "two", first.run());
    assertThat(watching().watching(person, first.run())).containsExactly("one");
    assertThat(watching().watching(person, second.run())).containsExactly("two");
  }

  @Test
  void people_do_not_watch_each_others_runs() {
    PersonRun hers = runs.run(newPerson());
    PersonRun his = hers.of(newPerson());
    PersonRun later = hers.of(new Person(hers.person().user(), 2));
    watch(watching(), "hers", hers);
    watch(watching(), "his", his);
    assertThat(watching().watching(hers.person(), hers.run())).containsExactly("hers");
    assertThat(watching().watching(his.person(), his.run())).containsExactly("his");
    assertThat(watching().watching(later.person(), later.run())).isEmpty();
  }
}
