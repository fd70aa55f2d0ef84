package dev.microcos.local.stepfunctions.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A journal that lasts as long as its process, for tests and short-lived engines. */
public final class MemoryJournal implements Journal {

  private final Map<String, TreeMap<Long, String>> streams = new HashMap<>();
  private final Map<String, String> summaries = new LinkedHashMap<>();

  @Override
  public synchronized boolean append(
      String stream, long position, String entry, @Nullable String summary) {
    TreeMap<Long, String> entries = streams.computeIfAbsent(stream, name -> new TreeMap<>());
    if (entries.putIfAbsent(position, entry) != null) {
      return false;
    }
    if (summary != null) {
      summaries.put(stream, summary);
    }
    return true;
  }

  @Override
  public synchronized void summarize(String stream, String summary) {
    summaries.put(stream, summary);
  }

  @Override
  public synchronized List<String> read(String stream) {
    return new ArrayList<>(streams.getOrDefault(stream, new TreeMap<>()).values());
  }

  @Override
  public synchronized Map<String, String> summaries() {
    return new LinkedHashMap<>(summaries);
  }

  @Override
  public synchronized void delete(String stream) {
    streams.remove(stream);
    summaries.remove(stream);
  }
}
