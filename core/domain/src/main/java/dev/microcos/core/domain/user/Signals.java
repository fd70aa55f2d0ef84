package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Decision;
import dev.microcos.core.domain.log.Effect;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.RunFact.RunStarted;
import dev.microcos.core.domain.log.RunFact.SignalReceived;
import dev.microcos.core.domain.log.UserEffect.DeliverSignal;
import dev.microcos.core.domain.log.UserEffect.StartRun;
import dev.microcos.core.domain.log.UserFact.Given;
import dev.microcos.core.domain.log.UserFact.Route;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.run.OpenWait;
import dev.microcos.core.domain.run.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where signals go: to every wait that they are for and to a new run of every workflow that they
 * trigger. One that goes nowhere is kept for the first wait that comes later.
 */
final class Signals {

  private Signals() {}

  static Decision sent(UserState state, Envelope envelope, SignalSent sent, Policy policy) {
    List<Route> routes = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    for (RegisteredWait each : state.waits()) {
      if (!each.served() && isFor(each, sent)) {
        routes.add(new Route(each.runId(), each.open().waitId(), null));
        effects.add(
            new DeliverSignal(
                each.runId(),
                envelope.id(),
                new SignalReceived(
                    each.open().waitId(), envelope.id(), sent.signal(), sent.data())));
      }
    }
    if (sent.runId() == null) {
      for (Policy.Triggered workflow : policy.triggered(sent.signal())) {
        RunId run = RunId.startedBy(envelope.id().causedBy(workflow.name()));
        routes.add(new Route(run, null, workflow.name()));
        effects.add(new StartRun(run, envelope.id(), started(workflow, sent)));
      }
    }
    boolean kept = routes.isEmpty();
    SignalSent decided =
        new SignalSent(
            envelope.id(),
            sent.signal(),
            sent.data(),
            sent.runId(),
            routes,
            kept ? why(state, sent) : null,
            kept ? leaving(state.signals(), envelope.timestamp()) : List.of());
    return new Decision(List.of(envelope.decided(decided)), effects);
  }

  private static boolean isFor(RegisteredWait wait, SignalSent sent) {
    return wait.open().isFor(sent.signal(), sent.data())
        && (sent.runId() == null || sent.runId().equals(wait.runId()));
  }

  private static RunStarted started(Policy.Triggered workflow, SignalSent sent) {
    return new RunStarted(
        workflow.name(),
        workflow.title(),
        workflow.definitionHash(),
        sent.data(),
        new Trigger(Trigger.Kind.SIGNAL, sent.signal()),
        null,
        null,
        null,
        null,
        null);
  }

  private static String why(UserState state, SignalSent sent) {
    RunId run = sent.runId();
    if (run == null) {
      return "no workflow is triggered by " + sent.signal() + " and no run waits for it";
    }
    RunBrief known = state.runs().get(run.value());
    if (known == null) {
      return "there is no run " + run;
    }
    return known.status().isOver()
        ? "the run " + run + " is over"
        : "the run " + run + " does not wait for " + sent.signal();
  }

  /** Kept signals that are too old, and the oldest of too many, before one more is kept. */
  private static List<EventId> leaving(Rows<KeptSignal> kept, Instant now) {
    Instant oldest = now.minus(Policy.KEEP_SIGNALS);
    int surplus = kept.size() + 1 - Policy.MAX_SIGNALS;
    List<EventId> leaving = new ArrayList<>();
    for (KeptSignal signal : kept) {
      if (leaving.size() < surplus || signal.at().isBefore(oldest)) {
        leaving.add(signal.signalId());
      }
    }
    return leaving;
  }

  /** A run's news: waits that are new are given what was kept for them, the oldest first. */
  static Decision updated(UserState state, Envelope envelope, RunUpdated run) {
    RunBrief known = state.runs().get(run.runId().value());
    if (known != null && known.runSeq() >= run.runSeq()) {
      return Decision.of(envelope.decided(with(run, List.of(), List.of())));
    }
    Instant oldest = envelope.timestamp().minus(Policy.KEEP_SIGNALS);
    List<Given> given = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    Set<EventId> taken = new HashSet<>();
    for (OpenWait wait : run.waits()) {
      if (!state.waits().contains(wait.waitId().value())) {
        for (KeptSignal signal : state.signals()) {
          if (isFor(wait, run.runId(), signal, oldest) && taken.add(signal.signalId())) {
            given.add(new Given(signal.signalId(), wait.waitId()));
            effects.add(
                new DeliverSignal(
                    run.runId(),
                    envelope.id(),
                    new SignalReceived(
                        wait.waitId(), signal.signalId(), signal.signal(), signal.data())));
            break;
          }
        }
      }
    }
    List<RunId> leaving = known == null ? leaving(state.runs()) : List.of();
    return new Decision(List.of(envelope.decided(with(run, given, leaving))), effects);
  }

  private static boolean isFor(OpenWait wait, RunId run, KeptSignal signal, Instant oldest) {
    return wait.isFor(signal.signal(), signal.data())
        && (signal.runId() == null || signal.runId().equals(run))
        && !signal.at().isBefore(oldest);
  }

  /** The oldest runs that are over, in chunks, before one more is known. */
  private static List<RunId> leaving(Rows<RunBrief> runs) {
    if (runs.size() < Policy.MAX_RUNS) {
      return List.of();
    }
    return runs.stream()
        .filter(run -> run.status().isOver())
        .limit(Policy.RUNS_CHUNK)
        .map(RunBrief::runId)
        .toList();
  }

  private static RunUpdated with(RunUpdated run, List<Given> given, List<RunId> leaving) {
    return new RunUpdated(
        run.runId(),
        run.runSeq(),
        run.workflow(),
        run.title(),
        run.status(),
        run.startedAt(),
        run.endedAt(),
        run.error(),
        run.questions(),
        run.waits(),
        given,
        leaving);
  }
}
