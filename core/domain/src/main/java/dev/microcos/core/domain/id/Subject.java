package dev.microcos.core.domain.id;

/** Whom or what a log is about: a person, or one of their runs. */
public sealed interface Subject permits Person, PersonRun {

  /** The person by whose data key the log is sealed. */
  Person person();

  /** The name of the partition that holds the log. */
  String partition();

  /** The name of the inbox's group, in which one envelope is reduced after the other. */
  String group();

  /** The same of the person in another generation. */
  Subject of(Person other);
}
