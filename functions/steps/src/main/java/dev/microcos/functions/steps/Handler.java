package dev.microcos.functions.steps;

/** Does steps of one kind. */
interface Handler {

  /**
   * Does a step.
   *
   * @throws Retryable if it did not succeed and may later
   * @throws Permanent if it never will
   * @throws Spent if it did not succeed and cost something
   */
  Done handle(Step step);
}
