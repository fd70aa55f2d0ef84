package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.Answer;
import dev.microcos.core.application.Answer.Result;
import dev.microcos.core.testkit.simulation.SimulatedQueue.Delivery;
import dev.microcos.core.wire.JobJson;
import java.time.Duration;

/** A process that does the assistant's jobs, one at a time, as the assistant's function does. */
final class Assistant {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(20);

  private final Answer answer;
  private final SimulatedQueue jobs;
  private final Boundary edge;

  Assistant(Answer answer, SimulatedQueue jobs, Boundary edge) {
    this.answer = answer;
    this.jobs = jobs;
    this.edge = edge;
  }

  void work() {
    for (Delivery delivery : jobs.receive(1)) {
      try {
        switch (answer.answer(JobJson.read(delivery.body()))) {
          case Result.Done _ -> edge.cross("acknowledges", () -> jobs.delete(delivery));
          case Result.Later later -> edge.cross("waits", () -> jobs.hide(delivery, later.in()));
        }
      } catch (RuntimeException passing) {
        edge.cross("pauses", () -> jobs.hide(delivery, AFTER_FAILURE));
      }
    }
  }
}
