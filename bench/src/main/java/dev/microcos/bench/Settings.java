package dev.microcos.bench;

import java.time.Duration;

/**
 * How long and how often.
 *
 * @param rounds how many rounds of every contender, in turn
 * @param warmUp load before a round's measurements, spread over the cells
 * @param cell how long a cell is measured
 * @param rest from the end of the load to the reading of the memory
 * @param share how many messages a person posts before another one takes the seat
 * @param streams how many answers are streamed at a time, 0 to leave them out
 * @param seed of the words in the messages
 */
record Settings(
    int rounds, Duration warmUp, Duration cell, Duration rest, int share, int streams, long seed) {
  /** What counts as a measurement. */
  static final Settings FULL =
      new Settings(
          5, Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(10), 500, 10, 1);

  /** Only shows that everything runs. */
  static final Settings QUICK =
      new Settings(
          1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1), 500, 10, 1);

  Settings {
    if (rounds < 1 || rounds > 100 || share < 1 || streams < 0 || streams > 100) {
      throw new IllegalArgumentException("1 to 100 rounds, a share of 1 or more, 0 to 100 streams");
    }
    for (Duration each : new Duration[] {warmUp, cell, rest}) {
      if (each.isNegative() || each.compareTo(Duration.ofMinutes(10)) > 0) {
        throw new IllegalArgumentException("No part of a round takes more than ten minutes.");
      }
    }
  }

  Settings withRounds(int other) {
    return new Settings(other, warmUp, cell, rest, share, streams, seed);
  }

  Settings withWarmUp(Duration other) {
    return new Settings(rounds, other, cell, rest, share, streams, seed);
  }

  Settings withCell(Duration other) {
    return new Settings(rounds, warmUp, other, rest, share, streams, seed);
  }

  Settings withShare(int other) {
    return new Settings(rounds, warmUp, cell, rest, other, streams, seed);
  }

  Settings withStreams(int other) {
    return new Settings(rounds, warmUp, cell, rest, share, other, seed);
  }

  Settings withSeed(long other) {
    return new Settings(rounds, warmUp, cell, rest, share, streams, other);
  }
}
