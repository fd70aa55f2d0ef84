package dev.microcos.core.domain.run;

import org.jspecify.annotations.Nullable;

/**
 * What started a run.
 *
 * @param kind what kind of thing
 * @param name which one: the signal's type, the schedule's or the webhook's name; null for others
 */
public record Trigger(Kind kind, @Nullable String name) {

  /** What kinds of things start runs. */
  public enum Kind {
    API,
    SIGNAL,
    SCHEDULE,
    WEBHOOK,
    RUN,
    RERUN
  }
}
