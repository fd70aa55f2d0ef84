package dev.microcos.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import org.junit.jupiter.api.Test;

/** What everybody keeps to who knows people. */
public abstract class PeopleContract {

  /** Who knows people. */
  protected abstract dev.microcos.core.application.port.People people();

  /** Somebody else who knows the same people, and has a memory of their own. */
  protected abstract dev.microcos.core.application.port.People others();

  /** A user whom nobody has met. */
  protected abstract UserId newUser();

  @Test
  void everybody_begins_in_their_first_generation() {
    UserId user = newUser();
    assertThat(people().current(user)).isEqualTo(new Person(user, 1));
    assertThat(others().current(user)).isEqualTo(new Person(user, 1));
  }

  @Test
  void who_was_forgotten_begins_anew() {
    UserId user = newUser();
    Person person = people().current(user);
    people().end(person);
    assertThat(people().current(user)).isEqualTo(new Person(user, 2));
    people().end(person);
    assertThat(people().current(user)).isEqualTo(new Person(user, 2));
    people().end(new Person(user, 2));
    assertThat(people().current(user)).isEqualTo(new Person(user, 3));
  }

  @Test
  void who_was_forgotten_is_so_for_everybody_who_asks() {
    UserId user = newUser();
    assertThat(people().isOver(new Person(user, 1))).isFalse();
    Person person = others().current(user);
    assertThat(others().isOver(person)).isFalse();
    people().end(person);
    assertThat(others().isOver(person)).isTrue();
    assertThat(others().isOver(people().current(user))).isFalse();
  }

  @Test
  void who_hears_of_a_later_generation_looks_again() {
    UserId user = newUser();
    Person person = others().current(user);
    people().end(person);
    assertThat(others().current(user, people().current(user).generation()))
        .isEqualTo(new Person(user, 2));
  }
}
