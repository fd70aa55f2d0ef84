package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Row;
import dev.microcos.core.domain.run.OpenWait;

/**
 * A wait that some run of a person has open.
 *
 * @param served whether a signal is on its way to it, so that a further one is kept for another
 */
public record RegisteredWait(RunId runId, OpenWait open, boolean served) implements Row {

  @Override
  public String id() {
    return open.waitId().value();
  }

  RegisteredWait asServed() {
    return new RegisteredWait(runId, open, true);
  }
}
