package dev.microcos.core.domain.id;

/**
 * A run of a person.
 *
 * @param person whose run it is
 * @param run which one
 */
public record PersonRun(Person person, RunId run) implements Subject {

  /** The name of the partition that holds the run's log. */
  @Override
  public String partition() {
    return "RUN#" + run.value();
  }

  @Override
  public String group() {
    return run.value();
  }

  @Override
  public PersonRun of(Person other) {
    return other.equals(person) ? this : new PersonRun(other, run);
  }

  /**
   * The name of the run's one execution. AWS remembers a name for 90 days, longer than a person who
   * was erased and begins anew, so a later generation has another one.
   */
  public String executionName() {
    return person.generation() == 1 ? run.value() : run.value() + "-" + person.generation();
  }
}
