package dev.microcos.local.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.Events;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import dev.microcos.local.stepfunctions.history.Journal;
import dev.microcos.local.stepfunctions.json.Json;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All executions: the running ones in memory, of the others a summary. */
public final class Executions implements AutoCloseable {

  /** "Execution history retention: 90 days". */
  private static final Duration KEPT = Duration.ofDays(90);

  /** "An execution can be redriven within 14 days of its end". */
  private static final Duration REDRIVABLE = Duration.ofDays(14);

  private final Journal journal;
  private final InstantSource clock;
  private final Parts parts;
  private final News news;
  private final Nested nested;
  private final Map<String, Summary> summaries = new ConcurrentHashMap<>();
  private final Map<String, Execution> running = new ConcurrentHashMap<>();

  /** Executions that a journal has; nothing goes on before {@link #resume()}. */
  public Executions(Surroundings around) {
    this.journal = around.journal();
    this.clock = around.clock();
    Executor executor = around.executor();
    this.news = new News(around.listener(), executor, around.timers(), clock);
    this.nested = new Nested(this, around.machines(), around.integrations(), executor);
    this.parts =
        new Parts(
            journal,
            clock,
            around.timers(),
            executor,
            nested,
            around.expressions(),
            around.machines()::definition,
            around.secrets(),
            around.region(),
            news.heard());
  }

  /** Reads what the journal has, goes on with all that runs, and tells what was not told yet. */
  public void resume() {
    journal
        .summaries()
        .forEach((stream, text) -> {
          if (stream.startsWith(Summary.STREAM)) {
            Summary summary = Summary.read(text);
            summaries.put(summary.arn(), summary);
          }
        });
    forgetOld();
    List<Summary> all = new ArrayList<>(summaries.values());
    for (Summary summary : all) {
      if (summary.status() == Status.RUNNING) {
        running.put(summary.arn(), restored(summary));
      }
      if (summary.told() < summary.changes()) {
        Course course = course(summary.arn());
        if (summary.told() == 0 && summary.changes() > 1) {
          news.tell(News.first(summary.arn(), course), this::told);
        }
        news.tell(News.change(summary.arn(), course), this::told);
      }
    }
    running.values().forEach(Execution::resume);
  }

  /** Forgets what ended so long ago that AWS keeps it no more. */
  public void forgetOld() {
    long oldest = clock.millis() - KEPT.toMillis();
    for (Summary summary : List.copyOf(summaries.values())) {
      if (summary.status() != Status.RUNNING && summary.stopMillis() < oldest) {
        forget(summary.arn());
      }
    }
  }

  /**
   * Stops and forgets, whatever their age, all executions whose input is like this.
   *
   * @param like is given the input's JSON text
   */
  public void forget(Predicate<String> like) {
    for (String arn : List.copyOf(summaries.keySet())) {
      List<HistoryEvent> events = events(arn);
      if (!events.isEmpty()
          && events.getFirst().event() instanceof Event.ExecutionStarted started
          && like.test(started.input())) {
        long _ = stop(arn, null, null);
        forget(arn);
      }
    }
  }

  private void forget(String arn) {
    Summary _ = summaries.remove(arn);
    journal.delete(Summary.STREAM + arn);
  }

  private Execution restored(Summary summary) {
    return execution(summary.arn(), events(summary.arn()), summary.told());
  }

  private Execution execution(String arn, List<HistoryEvent> events, int told) {
    return new Execution(
        arn, parts, events, told, nested, (course, before) -> changed(arn, course, before));
  }

  /** What AWS answers to a start. */
  public record Started(String arn, long startMillis) {}

  /**
   * Begins an execution, unless there is one of this ARN that runs with the same input, or that the
   * same task began.
   *
   * @throws Refusal if there is another one
   */
  public Started start(String arn, Event.ExecutionStarted started) {
    Execution execution = execution(arn, List.of(), 0);
    long now = clock.millis();
    Summary mine =
        new Summary(
            arn, started.stateMachineArn(), started.name(), Status.RUNNING, now, 0, 0, 0, 1, 0);
    Summary there = summaries.putIfAbsent(arn, mine);
    if (there != null) {
      return again(there, started);
    }
    execution.start(started, now);
    running.put(arn, execution);
    try {
      boolean _ = execution.post(round -> true).join();
      return new Started(arn, now);
    } catch (CompletionException e) {
      running.remove(arn);
      summaries.remove(arn);
      throw e;
    }
  }

  private Started again(Summary there, Event.ExecutionStarted started) {
    List<HistoryEvent> events = events(there.arn());
    boolean same =
        !events.isEmpty()
            && events.getFirst().event() instanceof Event.ExecutionStarted known
            && (started.begunBy() != null
                ? started.begunBy().equals(known.begunBy())
                : there.status() == Status.RUNNING
                    && Json.written(known.input()).equals(Json.written(started.input())));
    if (!same) {
      throw new Refusal(
          "ExecutionAlreadyExists", "Execution Already Exists: '" + there.arn() + "'");
    }
    return new Started(there.arn(), there.startMillis());
  }

  private void changed(String arn, Course course, int before) {
    Summary _ =
        summaries.compute(arn, (key, old) -> summary(arn, course, old == null ? 0 : old.told()));
    if (before == 0 && course.changes > 1) {
      news.tell(News.first(arn, course), this::told);
    }
    news.tell(News.change(arn, course), this::told);
    if (course.status != Status.RUNNING) {
      Execution _ = running.remove(arn);
      nested.ended(arn, course);
    }
  }

  private Summary summary(String arn, Course course, int told) {
    return Summary.of(arn, course, news.heard() ? told : course.changes);
  }

  private void told(StatusChange change) {
    Summary summary =
        summaries.computeIfPresent(
            change.executionArn(),
            (arn, known) -> known.told() < change.number() ? known.toldOf(change.number()) : known);
    if (summary != null) {
      Execution execution = running.get(summary.arn());
      if (execution != null) {
        execution.told(summary.told());
      }
      journal.summarize(Summary.STREAM + summary.arn(), summary.text());
    }
  }

  /** The execution of this ARN in short, if there is one. */
  public Optional<Summary> find(String arn) {
    return Optional.ofNullable(summaries.get(arn));
  }

  /** All executions in short, in no order. */
  public Collection<Summary> all() {
    return summaries.values();
  }

  /**
   * The events of an execution.
   *
   * @throws Refusal if there is none of this ARN
   */
  public List<HistoryEvent> history(String arn) {
    List<HistoryEvent> events = events(arn);
    if (events.isEmpty()) {
      throw Refusal.noExecution(arn);
    }
    return events;
  }

  private List<HistoryEvent> events(String arn) {
    return Events.events(journal.read(Summary.STREAM + arn));
  }

  private Course course(String arn) {
    Course course = new Course(parts.definitions());
    history(arn).forEach(course::apply);
    return course;
  }

  /** Stops an execution, if it runs; when it stopped, in milliseconds since 1970. */
  public long stop(String arn, @Nullable String error, @Nullable String cause) {
    Execution execution = running.get(arn);
    if (execution == null) {
      return find(arn).orElseThrow(() -> Refusal.noExecution(arn)).stopMillis();
    }
    return joined(execution.post(round -> round.stop(error, cause)));
  }

  /**
   * Lets an execution go on that ended without success; the time of that.
   *
   * @throws Refusal if it cannot be
   */
  public long redrive(String arn) {
    Summary summary = find(arn).orElseThrow(() -> Refusal.noExecution(arn));
    String reason = News.redriveStatusReason(summary.status());
    if (reason == null && clock.millis() - summary.stopMillis() > REDRIVABLE.toMillis()) {
      reason = "Execution's redrivable period of 14 days is over and it cannot be redriven";
    }
    if (reason != null) {
      throw new Refusal("ExecutionNotRedrivable", reason);
    }
    Execution execution = restored(summary);
    if (running.putIfAbsent(arn, execution) != null) {
      throw new Refusal("ExecutionNotRedrivable", "Execution is RUNNING and cannot be redriven");
    }
    return joined(execution.post(Round::redrive));
  }

  /** Ends a task well. */
  public void taskSucceeded(String token, JsonNode output) {
    Token read = token(token);
    boolean _ =
        joined(
            waitingFor(read)
                .post(round -> {
                  round.tokenSucceeded(read, output);
                  return true;
                }));
  }

  /** Ends a task by a failure. */
  public void taskFailed(String token, @Nullable String error, @Nullable String cause) {
    Token read = token(token);
    boolean _ =
        joined(
            waitingFor(read)
                .post(round -> {
                  round.tokenFailed(read, error, cause);
                  return true;
                }));
  }

  /** Says that a task is still being worked on. */
  public void heartbeat(String token) {
    Token read = token(token);
    boolean _ =
        joined(
            waitingFor(read)
                .post(round -> {
                  round.heartbeat(read);
                  return true;
                }));
  }

  private static Token token(String text) {
    Token token = Token.read(text);
    if (token == null || !token.text().equals(text)) {
      throw Refusal.invalidToken();
    }
    return token;
  }

  private Execution waitingFor(Token token) {
    Execution execution = running.get(token.execution());
    if (execution == null) {
      throw summaries.containsKey(token.execution()) ? Refusal.taskGone() : Refusal.noTask();
    }
    return execution;
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e;
    }
  }

  /** Lets nothing happen any more; what runs goes on when the journal is opened again. */
  @Override
  public void close() {
    news.close();
    running.values().forEach(Execution::close);
  }
}
