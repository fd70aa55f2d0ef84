package dev.microcos.core.domain.user;

import dev.microcos.core.domain.id.EventId;
import dev.microcos.core.domain.id.RunId;
import dev.microcos.core.domain.log.Envelope;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.UserFact.Given;
import dev.microcos.core.domain.log.UserFact.RunUpdated;
import dev.microcos.core.domain.log.UserFact.SignalSent;
import dev.microcos.core.domain.run.OpenQuestion;
import dev.microcos.core.domain.run.OpenWait;
import java.util.HashSet;
import java.util.Set;

/** How news of runs, and signals, change a person's state. */
final class RunNews {

  private RunNews() {}

  static UserState updated(UserState state, RunUpdated run) {
    RunBrief known = state.runs().get(run.runId().value());
    if (known != null && known.runSeq() >= run.runSeq()) {
      return state;
    }
    Rows<RunBrief> runs = state.runs();
    for (RunId leaving : run.leaving()) {
      runs = runs.without(leaving.value());
    }
    Rows<KeptSignal> signals = state.signals();
    Set<String> served = new HashSet<>();
    for (Given given : run.given()) {
      signals = signals.without(given.signalId().value());
      served.add(given.waitId().value());
    }
    return state.withRuns(
        runs.with(brief(run)),
        questions(state.questions(), run),
        waits(state.waits(), run, served),
        signals);
  }

  private static RunBrief brief(RunUpdated run) {
    return new RunBrief(
        run.runId(),
        run.runSeq(),
        run.workflow(),
        run.title(),
        run.status(),
        run.startedAt(),
        run.endedAt(),
        run.error());
  }

  private static Rows<AskedQuestion> questions(Rows<AskedQuestion> before, RunUpdated run) {
    Set<String> open = new HashSet<>();
    run.questions().forEach(question -> open.add(question.inputId().value()));
    Rows<AskedQuestion> after = before;
    for (AskedQuestion known : before) {
      if (known.runId().equals(run.runId()) && !open.contains(known.id())) {
        after = after.without(known.id());
      }
    }
    for (OpenQuestion question : run.questions()) {
      AskedQuestion asked = new AskedQuestion(run.runId(), run.workflow(), question);
      after = asked.equals(after.get(asked.id())) ? after : after.with(asked);
    }
    return after;
  }

  private static Rows<RegisteredWait> waits(
      Rows<RegisteredWait> before, RunUpdated run, Set<String> given) {
    Set<String> open = new HashSet<>();
    run.waits().forEach(wait -> open.add(wait.waitId().value()));
    Rows<RegisteredWait> after = before;
    for (RegisteredWait known : before) {
      if (known.runId().equals(run.runId()) && !open.contains(known.id())) {
        after = after.without(known.id());
      }
    }
    for (OpenWait wait : run.waits()) {
      RegisteredWait known = after.get(wait.waitId().value());
      if (known == null) {
        after =
            after.with(
                new RegisteredWait(run.runId(), wait, given.contains(wait.waitId().value())));
      }
    }
    return after;
  }

  static UserState sent(UserState state, Envelope envelope, SignalSent sent) {
    Rows<RegisteredWait> waits = state.waits();
    for (var route : sent.routes()) {
      RegisteredWait wait = route.waitId() == null ? null : waits.get(route.waitId().value());
      waits = wait == null ? waits : waits.with(wait.asServed());
    }
    Rows<KeptSignal> signals = state.signals();
    for (EventId leaving : sent.leaving()) {
      signals = signals.without(leaving.value());
    }
    if (sent.routes().isEmpty()) {
      signals =
          signals.with(
              new KeptSignal(
                  sent.signalId(), sent.signal(), sent.data(), sent.runId(), envelope.timestamp()));
    }
    return state.withRuns(state.runs(), state.questions(), waits, signals);
  }
}
