package dev.microcos.functions.ingress;

import java.util.function.Function;

/** What stands in paths. */
final class Paths {

  private static final int LONGEST_ID = 64;

  private Paths() {}

  /**
   * An id of a path.
   *
   * @throws Problem 404 if it has no id's form: such a thing cannot be there
   */
  static <I> I id(String id, Function<String, I> form) {
    try {
      return form.apply(id);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound(id.length() > LONGEST_ID ? "such id" : id);
    }
  }
}
