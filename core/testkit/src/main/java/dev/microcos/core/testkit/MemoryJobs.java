package dev.microcos.core.testkit;

import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.application.port.AssistantJobs;
import java.util.ArrayList;
import java.util.List;

/** The assistant's work, to look at. */
public final class MemoryJobs implements AssistantJobs {

  private final List<AssistantJob> jobs = new ArrayList<>();

  @Override
  public synchronized void submit(AssistantJob job) {
    jobs.add(job);
  }

  /** What was submitted, in its order; gone from here by that. */
  public synchronized List<AssistantJob> take() {
    List<AssistantJob> taken = List.copyOf(jobs);
    jobs.clear();
    return taken;
  }
}
