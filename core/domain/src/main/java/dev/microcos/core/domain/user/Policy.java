package dev.microcos.core.domain.user;

import java.time.Duration;

/**
 * What configuration says, for decisions only: what it led to stands in the events.
 *
 * @param messagesPerMinute how many messages a person may say in a minute
 * @param writesPerMinute how many writes of any kind a person may make in a minute
 * @param tokensPerDay how many tokens models may use for a person on a day (UTC)
 * @param keepMessages how many messages the state keeps
 * @param keepFor how long the state keeps a message
 */
public record Policy(
    int messagesPerMinute,
    int writesPerMinute,
    long tokensPerDay,
    int keepMessages,
    Duration keepFor) {

  /** How many tasks a person may have. */
  public static final int MAX_TASKS = 2_000;

  /** How many events a person's calendar may hold. */
  public static final int MAX_CALENDAR_EVENTS = 2_000;

  /** How many calls of a person may be open. */
  public static final int MAX_OPEN_OPERATIONS = 50;

  /** How many times the system may answer itself after one request. */
  public static final int MAX_HOPS = 32;

  /** Messages leave the state in chunks of at least this many. */
  public static final int ARCHIVE_CHUNK = 50;

  /** What holds where nothing is configured. */
  public static final Policy DEFAULT = new Policy(60, 600, 100_000, 100, Duration.ofDays(30));
}
