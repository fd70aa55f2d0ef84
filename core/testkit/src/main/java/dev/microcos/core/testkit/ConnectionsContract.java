package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.application.port.Connections;
import dev.microcos.core.domain.id.Person;
import org.junit.jupiter.api.Test;

/** What every table of sockets keeps to. */
public abstract class ConnectionsContract {

  /** Connections, whatever they hold of other people. */
  protected abstract Connections connections();

  /** A person without a socket. */
  protected abstract Person newPerson();

  @Test
  void a_socket_is_active_from_its_first_frame_on_until_it_closes() {
    Person person = newPerson();
    connections().open(person, "one=", People.NOON);
    assertThat(connections().active(person)).isEmpty();
    connections().activate(person, "one=", People.NOON);
    connections().activate(person, "one=", People.NOON);
    assertThat(connections().active(person)).containsExactly("one=");
    connections().close(person, "one=");
    assertThat(connections().active(person)).isEmpty();
  }

  @Test
  void what_is_closed_does_not_become_active() {
    Person person = newPerson();
    connections().open(person, "one", People.NOON);
    connections().close(person, "one");
    connections().activate(person, "one", People.NOON);
    connections().activate(person, "never there", People.NOON);
    connections().close(person, "never there");
    assertThat(connections().active(person)).isEmpty();
  }

  @Test
  void each_of_several_sockets_stands_for_itself() {
    Person person = newPerson();
    for (String connection : new String[] {"one", "two", "three"}) {
      connections().open(person, connection, People.NOON);
      connections().activate(person, connection, People.NOON);
    }
    connections().open(person, "silent", People.NOON);
    connections().close(person, "two");
    assertThat(connections().active(person)).containsExactlyInAnyOrder("one", "three");
  }

  @Test
  void people_do_not_see_each_others_sockets() {
    Person ana = newPerson();
    Person ben = newPerson();
    Person later = new Person(ana.user(), ana.generation() + 1);
    connections().open(ana, "hers", People.NOON);
    connections().activate(ben, "hers", People.NOON);
    connections().activate(ana, "hers", People.NOON);
    connections().close(ben, "hers");
    assertThat(connections().active(ana)).containsExactly("hers");
    assertThat(connections().active(ben)).isEmpty();
    assertThat(connections().active(later)).isEmpty();
  }
}
