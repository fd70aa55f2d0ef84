package dev.microcos.core.domain.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What configuration says, for decisions only: what it led to stands in the events.
 *
 * @param messagesPerMinute how many messages a person may say in a minute
 * @param writesPerMinute how many writes of any kind a person may make in a minute
 * @param tokensPerDay how many tokens models may use for a person on a day (UTC)
 * @param keepMessages how many messages the state keeps
 * @param keepFor how long the state keeps a message
 * @param triggers the workflows that each type of signal starts
 */
public record Policy(
    int messagesPerMinute,
    int writesPerMinute,
    long tokensPerDay,
    int keepMessages,
    Duration keepFor,
    Map<String, List<Triggered>> triggers) {

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

  /** How many runs a person's state lists; older ones are found by their names. */
  public static final int MAX_RUNS = 500;

  /** Runs leave the state in chunks of at most this many. */
  static final int RUNS_CHUNK = 50;

  /** How many signals are kept that nothing waited for. */
  public static final int MAX_SIGNALS = 100;

  /** How long a signal is kept that nothing waited for. */
  public static final Duration KEEP_SIGNALS = Duration.ofDays(7);

  /** How many schedules a person may have. */
  public static final int MAX_SCHEDULES = 100;

  /** Under how many keys something may be remembered about a person. */
  public static final int MAX_MEMORIES = 200;

  /** How many characters may be remembered about a person. */
  public static final int MAX_MEMORY = 64 * 1024;

  /** How many notifications the state keeps. */
  public static final int MAX_NOTIFICATIONS = 50;

  /** What holds where nothing is configured. */
  public static final Policy DEFAULT =
      new Policy(60, 600, 100_000, 100, Duration.ofDays(30), Map.of());

  public Policy {
    triggers = Map.copyOf(triggers);
  }

  /** A policy without workflows that signals start. */
  public Policy(
      int messagesPerMinute,
      int writesPerMinute,
      long tokensPerDay,
      int keepMessages,
      Duration keepFor) {
    this(messagesPerMinute, writesPerMinute, tokensPerDay, keepMessages, keepFor, Map.of());
  }

  /** The same with these workflows started by signals. */
  public Policy with(Map<String, List<Triggered>> signals) {
    return new Policy(
        messagesPerMinute, writesPerMinute, tokensPerDay, keepMessages, keepFor, signals);
  }

  /** The workflows that a type of signal starts. */
  List<Triggered> triggered(String signal) {
    return triggers.getOrDefault(signal, List.of());
  }

  /**
   * A workflow that signals start.
   *
   * @param name of its folder
   * @param title for people
   * @param definitionHash of the definition that its runs begin on now
   */
  public record Triggered(String name, String title, String definitionHash) {}
}
