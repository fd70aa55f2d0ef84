package dev.microcos.core.testkit;

import dev.microcos.core.domain.id.Person;
import dev.microcos.core.domain.id.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who is known, in memory; everybody begins in their first generation. */
public final class MemoryPeople implements dev.microcos.core.application.port.People {

  private final Map<UserId, Integer> generations = new ConcurrentHashMap<>();

  @Override
  public Person current(UserId user) {
    return new Person(user, generations.getOrDefault(user, 1));
  }

  @Override
  public Person current(UserId user, int seen) {
    return current(user);
  }

  @Override
  public boolean isOver(Person person) {
    return current(person.user()).generation() > person.generation();
  }

  @Override
  public void end(Person person) {
    generations.merge(person.user(), 2, (_, _) -> person.generation() + 1);
  }
}
