package dev.microcos.core.testkit.simulation;

import dev.microcos.core.application.Answer;
import dev.microcos.core.application.Answer.Result;
import dev.microcos.core.application.GiveUp;
import dev.microcos.core.application.port.AssistantJob;
import dev.microcos.core.testkit.simulation.SimulatedQueue.Delivery;
import dev.microcos.core.wire.JobJson;
import java.time.Duration;
import java.util.function.Function;

/**
 * A process that does the assistant's jobs, one at a time, as the assistant's function does; and
 * ends those that its dead letters hold.
 */
final class Assistant {

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(20);

  private final Answer answer;
  private final GiveUp giveUp;
  private final SimulatedQueue jobs;
  private final SimulatedQueue deadLetters;
  private final Boundary edge;

  Assistant(
      Answer answer,
      GiveUp giveUp,
      SimulatedQueue jobs,
      SimulatedQueue deadLetters,
      Boundary edge) {
    this.answer = answer;
    this.giveUp = giveUp;
    this.jobs = jobs;
    this.deadLetters = deadLetters;
    this.edge = edge;
  }

  void work() {
    jobs.bury(deadLetters);
    one(jobs, answer::answer);
    one(deadLetters, giveUp::giveUp);
  }

  private void one(SimulatedQueue queue, Function<AssistantJob, Result> work) {
    for (Delivery delivery : queue.receive(1)) {
      try {
        switch (work.apply(JobJson.read(delivery.body()))) {
          case Result.Done _ -> edge.cross("acknowledges", () -> queue.delete(delivery));
          case Result.Later later -> edge.cross("waits", () -> queue.hide(delivery, later.in()));
        }
      } catch (RuntimeException passing) {
        edge.cross("pauses", () -> queue.hide(delivery, AFTER_FAILURE));
      }
    }
  }
}
