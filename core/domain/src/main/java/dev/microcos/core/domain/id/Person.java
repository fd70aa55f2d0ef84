package dev.microcos.core.domain.id;

/**
 * A person and the generation of their data. Erasing raises the generation, so the same person may
 * begin anew and nothing of before reaches them.
 *
 * @param user who it is
 * @param generation from 1 on
 */
public record Person(UserId user, int generation) {

  public Person {
    if (generation < 1) {
      throw new IllegalArgumentException("a generation is 1 or more: " + generation);
    }
  }

  /** The name of the partition that holds the person's log. */
  public String partition() {
    return "USER#" + user.value() + "#" + generation;
  }
}
