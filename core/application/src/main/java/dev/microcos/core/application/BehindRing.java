package dev.microcos.core.application;

import dev.microcos.core.application.port.EventIds;
import dev.microcos.core.application.port.EventLog;
import dev.microcos.core.domain.id.Subject;
import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.State;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows of an envelope that its log's ring is too short for whether the log holds it. Of a busy log
 * that is every envelope, so the ids of its last minutes are read once, and then kept here.
 */
final class BehindRing<S extends State> {

  /** An id that is older is sought alone: it is somebody's who was long away. */
  private static final Duration RECENT = Duration.ofMinutes(15);

  /** So much more is read at once, for the envelopes that come next. */
  private static final Duration MORE = Duration.ofMinutes(1);

  /** How many ids are kept of all logs together. */
  private static final int MOST = 2_097_152;

  private final EventLog<S> log;
  private final LinkedHashMap<Subject, RecentIds> recent = new LinkedHashMap<>(16, 0.75f, true);

  BehindRing(EventLog<S> log) {
    this.log = log;
  }

  /**
   * Whether the log holds an envelope.
   *
   * @param state the log's newest state
   * @param since the envelope cannot have been committed before
   */
  boolean holds(S state, Envelope envelope, Instant since) {
    Subject subject = state.subject();
    if (!since.isBefore(state.committedAt().minus(RECENT))) {
      RecentIds ids = ids(subject, state, since);
      if (ids.reaches(since)) {
        return ids.contains(IdKey.of(subject).hash(envelope.id()));
      }
    }
    return log.find(subject, envelope.id()).isPresent();
  }

  private RecentIds ids(Subject subject, S state, Instant since) {
    RecentIds kept = get(subject);
    if (kept == null || (!kept.reaches(since) && !kept.isFull())) {
      kept = new RecentIds(log.idsOf(subject, 0, since.minus(MORE)));
      put(subject, kept);
    } else if (kept.upTo() < state.seq()) {
      EventIds.Ids missed = log.idsOf(subject, kept.upTo(), Instant.EPOCH);
      if (missed.since().isAfter(Instant.EPOCH)) { // too many to follow on what is kept
        kept = new RecentIds(missed);
        put(subject, kept);
      } else {
        kept.add(missed.hashes(), missed.upTo(), state.committedAt());
      }
    }
    return kept;
  }

  /** Takes in what was written. */
  void written(Commit commit) {
    RecentIds kept = get(commit.subject());
    if (kept != null && kept.upTo() + 1 == commit.firstSeq()) {
      IdKey key = IdKey.of(commit.subject());
      long[] hashes =
          commit.events().stream().mapToLong(event -> key.hash(event.envelope().id())).toArray();
      kept.add(hashes, commit.lastSeq(), commit.at());
    }
  }

  private synchronized @Nullable RecentIds get(Subject subject) {
    return recent.get(subject);
  }

  private synchronized void put(Subject subject, RecentIds ids) {
    recent.put(subject, ids);
    while (recent.size() > 1 && recent.values().stream().mapToInt(RecentIds::size).sum() > MOST) {
      recent.pollFirstEntry();
    }
  }
}
