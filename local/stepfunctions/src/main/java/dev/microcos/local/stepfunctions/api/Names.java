package dev.microcos.local.stepfunctions.api;

import dev.microcos.local.stepfunctions.run.Refusal;

/** Names of machines and executions. */
final class Names {

  private static final int LONGEST = 80;
  private static final String FORBIDDEN = " <>{}[]?*\"#%\\^|~`$&,;:/";

  private Names() {}

  /** The name, if AWS would take it: up to 80 characters, none of them reserved or a control. */
  static String checked(String name) {
    boolean valid =
        !name.isEmpty()
            && name.length() <= LONGEST
            && name.chars().noneMatch(c -> FORBIDDEN.indexOf(c) >= 0 || Character.isISOControl(c));
    if (!valid) {
      throw new Refusal("InvalidName", "Invalid Name: '" + name + "'");
    }
    return name;
  }
}
