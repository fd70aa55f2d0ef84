package dev.microcos.local.stepfunctions.run;

import dev.microcos.local.stepfunctions.definition.State;
import java.util.Map;

/** Lets what did not succeed begin again where it stood; what succeeded stays as it is. */
final class Redrive {

  private Redrive() {}

  static void again(Branch b, long event, Map<Integer, Branch> branches) {
    branches.put(b.id, b);
    State state = b.state;
    if (state == null) {
      return;
    }
    boolean failed = b.failure != null;
    b.last = event;
    b.before = event;
    b.retries = new int[Reaction.retriers(state).size()];
    b.retryCount = 0;
    b.catching = false;
    b.culprit = false;
    b.task = null;
    b.failure = null;
    b.reaction = null;
    Fan fan = b.fan;
    if (fan != null) {
      b.phase = Phase.FANNED;
      fan.failed = 0;
      for (Branch child : fan.children) {
        if (child.output == null) {
          if (child.counted) {
            child.counted = false;
            fan.running++;
          }
          again(child, event, branches);
        }
      }
    } else if (failed || b.phase != Phase.RESULT) {
      b.phase = Phase.ENTERED;
    }
  }
}
