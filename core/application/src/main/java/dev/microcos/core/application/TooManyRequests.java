package dev.microcos.core.application;

import dev.microcos.core.domain.log.Fact.Quota;

/** A person asks for more than their limit; there is room again at the quota's reset. */
public final class TooManyRequests extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final transient Quota quota;

  TooManyRequests(String what, Quota quota) {
    super("the limit is " + quota.limit() + " " + what, null, false, false);
    this.what = what;
    this.quota = quota;
  }

  /** What is limited, {@code messages a minute}. */
  public String what() {
    return what;
  }

  /** The limit that was reached. */
  public Quota quota() {
    return quota;
  }
}
