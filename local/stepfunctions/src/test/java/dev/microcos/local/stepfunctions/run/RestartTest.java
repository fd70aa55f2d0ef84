package dev.microcos.local.stepfunctions.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.Events;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.history.Journal;
import dev.microcos.local.stepfunctions.history.MemoryJournal;
import dev.microcos.local.stepfunctions.json.Json;
import dev.microcos.local.stepfunctions.task.TaskRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine dies after each event of each case, and another goes on from what was written. */
class RestartTest {

  static List<Case> cases() {
    return Case.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatever_was_written_last_the_end_is_the_same_and_no_finished_task_runs_again(Case each) {
    MemoryJournal whole = new MemoryJournal();
    JsonNode tasks = each.content().path("tasks");
    String execution;
    JsonNode expected;
    Script first = new Script(tasks);
    try (Bench bench = new Bench(whole, first)) {
      String machine = bench.machine("case", each.definition());
      execution = bench.start(machine, "run", each.input());
      expected = bench.toTheEnd(execution, first);
    }
    List<HistoryEvent> history = Events.events(whole.read(Summary.STREAM + execution));
    for (int cut = 1; cut < history.size(); cut++) {
      List<HistoryEvent> written = history.subList(0, cut);
      Script again = first.upTo(written);
      Instant then = Instant.ofEpochMilli(written.getLast().millis());
      Journal journal = cut(whole, execution, written);
      try (Bench bench = new Bench(journal, again, StatusListener.NONE, then)) {
        JsonNode end = bench.toTheEnd(execution, again);
        List<String> lines = Case.lines(bench.history(execution));
        for (String member : List.of("status", "error", "output")) {
          assertThat(end.path(member))
              .as(each + " cut after event " + cut + "\n" + String.join("\n", lines))
              .isEqualTo(expected.path(member));
        }
        Set<String> finished = finished(execution, written);
        assertThat(again.calls())
            .as(each + " cut after event " + cut)
            .extracting(TaskRequest::key)
            .noneMatch(finished::contains);
      }
    }
  }

  private static Journal cut(MemoryJournal whole, String execution, List<HistoryEvent> written) {
    MemoryJournal journal = new MemoryJournal();
    for (Map.Entry<String, String> stream : whole.summaries().entrySet()) {
      if (!stream.getKey().startsWith(Summary.STREAM)) {
        copy(whole, stream.getKey(), journal);
        String definition = Json.written(stream.getValue()).path("definition").asText();
        copy(whole, "definition:" + definition, journal);
        journal.summarize(stream.getKey(), stream.getValue());
      }
    }
    Summary last = Summary.read(whole.summaries().getOrDefault(Summary.STREAM + execution, ""));
    Summary running =
        new Summary(
            execution,
            last.stateMachineArn(),
            last.name(),
            Status.RUNNING,
            last.startMillis(),
            0,
            0,
            0,
            1,
            1);
    for (HistoryEvent event : written) {
      assertThat(
              journal.append(
                  Summary.STREAM + execution,
                  event.id(),
                  Events.entry(List.of(event)),
                  running.text()))
          .isTrue();
    }
    return journal;
  }

  private static void copy(MemoryJournal from, String stream, MemoryJournal to) {
    long position = 1;
    for (String entry : from.read(stream)) {
      assertThat(to.append(stream, position++, entry, null)).isTrue();
    }
  }

  /** The keys of the tasks that these events say have ended. */
  private static Set<String> finished(String execution, List<HistoryEvent> written) {
    Set<String> finished = new HashSet<>();
    for (HistoryEvent end : written) {
      boolean ends =
          end.event() instanceof Event.TaskSucceeded
              || end.event() instanceof Event.TaskFailed
              || end.event() instanceof Event.TaskTimedOut;
      if (ends) {
        written.stream()
            .filter(event ->
                event.branch() == end.branch()
                    && event.id() < end.id()
                    && event.event() instanceof Event.TaskScheduled)
            .reduce((a, b) -> b)
            .ifPresent(event -> finished.add(execution + "#" + event.id()));
      }
    }
    return finished;
  }
}
