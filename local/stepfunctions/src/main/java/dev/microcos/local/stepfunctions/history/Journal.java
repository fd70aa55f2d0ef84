package dev.microcos.local.stepfunctions.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps histories for good: named streams that only grow, each with a summary that is replaced.
 * Implementations may be called from many threads at once, of one stream by one at a time.
 */
public interface Journal {

  /**
   * Adds to a stream, replaces its summary if one is given, and returns when both are on the disk;
   * an exception means that nothing was written.
   *
   * @param position where the entry stands; a stream has one entry at a position
   * @return false, having written nothing, if the stream has an entry at this position
   */
  boolean append(String stream, long position, String entry, @Nullable String summary);

  /** Replaces a stream's summary soon; a crash before that forgets it. */
  void summarize(String stream, String summary);

  /** A stream's entries by their positions; none if there is no such stream. */
  List<String> read(String stream);

  /** The summaries of all streams by their names. */
  Map<String, String> summaries();

  /** Removes a stream with its summary, if it is there, and returns when that is on the disk. */
  void delete(String stream);
}
