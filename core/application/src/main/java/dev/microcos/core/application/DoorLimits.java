package dev.microcos.core.application;

import dev.microcos.core.domain.id.UserId;
import dev.microcos.core.domain.log.Fact.Quota;
import dev.microcos.core.domain.user.Policy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a person may ask for in a minute, counted in this process: exact where there is one process,
 * a first line of defence where there are many. The reducer counts for good.
 */
public final class DoorLimits {

  private static final int SECONDS = 60;
  private static final int KEPT = 10_000;

  private final Policy policy;
  private final InstantSource clock;
  private final Map<UserId, Minute> minutes =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UserId, Minute> eldest) {
          return size() > KEPT;
        }
      };

  public DoorLimits(Policy policy, InstantSource clock) {
    this.policy = policy;
    this.clock = clock;
  }

  private record Minute(long minute, int messages, int writes) {}

  /**
   * Counts a message.
   *
   * @throws TooManyRequests if the person has said enough in this minute
   */
  public void message(UserId user) {
    count(user, 1);
  }

  /**
   * Counts a write other than a message.
   *
   * @throws TooManyRequests if the person has written enough in this minute
   */
  public void write(UserId user) {
    count(user, 0);
  }

  private void count(UserId user, int messages) {
    Instant now = clock.instant();
    long minute = Math.floorDiv(now.getEpochSecond(), SECONDS);
    synchronized (minutes) {
      Minute known = minutes.get(user);
      Minute present = known == null || known.minute() != minute ? new Minute(minute, 0, 0) : known;
      Instant end = Instant.ofEpochSecond((minute + 1) * SECONDS);
      if (messages > 0 && present.messages() >= policy.messagesPerMinute()) {
        throw new TooManyRequests(
            "messages a minute", new Quota(policy.messagesPerMinute(), present.messages(), end));
      }
      if (present.writes() >= policy.writesPerMinute()) {
        throw new TooManyRequests(
            "writes a minute", new Quota(policy.writesPerMinute(), present.writes(), end));
      }
      minutes.put(user, new Minute(minute, present.messages() + messages, present.writes() + 1));
    }
  }
}
