package dev.microcos.core.domain.id;

/**
 * A person and the generation of their data. Erasing raises the generation, so the same person may
 * begin anew and nothing of before reaches them.
 *
 * @param user who it is
 * @param generation from 1 on
 */
public record Person(UserId user, int generation) implements Subject {

  public Person {
    if (generation < 1) {
      throw new IllegalArgumentException("a generation is 1 or more: " + generation);
    }
  }

  @Override
  public Person person() {
    return this;
  }

  /** The name of the partition that holds the person's log. */
  @Override
  public String partition() {
    return "USER#" + user.value() + "#" + generation;
  }

  @Override
  public String group() {
    return user.value();
  }

  @Override
  public Person of(Person other) {
    return other;
  }
}
