package dev.microcos.functions.ingress;

import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.run.Begun;
import dev.microcos.core.domain.run.RunState;
import dev.microcos.core.domain.run.Step;
import dev.microcos.core.wire.RunView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What running a run again would do. */
final class Reruns {

  private Reruns() {}

  /**
   * What a rerun does.
   *
   * @param runsAgain the names of the steps that are taken again
   * @param keeps those whose results it begins with
   * @param state what it begins with; null for the input
   */
  record Plan(List<String> runsAgain, List<String> keeps, @Nullable Document state) {}

  /** How a run that is there was asked for. */
  static RunStarted begun(RunState run) {
    Begun begun = run.begun();
    if (begun == null) {
      throw new IllegalStateException(run.subject().run() + " was never asked for");
    }
    return begun.as();
  }

  /**
   * The plan of a rerun.
   *
   * @param from the name of the step that it begins with; null for all of it
   * @throws Problem 400 if the run never came to that step
   */
  static Plan plan(RunState run, @Nullable String from) {
    List<Step> taken = run.steps().stream().filter(Step::isTop).toList();
    if (from == null) {
      return new Plan(names(taken), List.of(), null);
    }
    Step first =
        taken.stream()
            .filter(step -> step.name().equals(from))
            .findFirst()
            .orElseThrow(() ->
                Problem.invalid("/from", "must be a step that the run took: " + names(taken)));
    List<Step> kept = taken.stream().filter(step -> step.order() < first.order()).toList();
    List<Step> again = taken.stream().filter(step -> step.order() >= first.order()).toList();
    return new Plan(names(again), names(kept), RunView.before(run, first));
  }

  private static List<String> names(List<Step> steps) {
    return steps.stream().map(Step::name).distinct().toList();
  }
}
