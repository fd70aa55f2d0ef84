package dev.microcos.core.application.port;

import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.run.RunState;
import java.util.List;

/** Shows open pages what is new in a run. A push is a hint and never fails the caller. */
public interface RunPush {

  /** To all pages that watch the run: the events that led from one state to the next. */
  void commit(RunState from, RunState to, List<Event> events);

  /** To one page: what followed after what it has, or everything. */
  void sync(String connection, RunState from, RunState to, List<Event> events);
}
