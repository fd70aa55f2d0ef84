package dev.microcos.local.stepfunctions.run;

import dev.microcos.local.stepfunctions.history.Event;
import dev.microcos.local.stepfunctions.history.Events;
import dev.microcos.local.stepfunctions.history.HistoryEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A running execution. What happens to it waits in a mailbox and is worked off by one thread at a
 * time, which is there only while there is something to do. All that one round leads to is one
 * append; its effects come after that.
 */
final class Execution {

  private static final Logger LOG = System.getLogger(Execution.class.getName());
  private static final long AGAIN_MILLIS = 1_000;

  /** What is done in a round, and who is told when it is on the disk. */
  private record Mail<T>(Function<Round, T> work, CompletableFuture<T> done) {

    Runnable open(Round round) {
      try {
        T result = work.apply(round);
        return () -> done.complete(result);
      } catch (RuntimeException e) {
        return () -> done.completeExceptionally(e);
      }
    }
  }

  /** Is told after each change of the status, and of how many changes it was told before. */
  interface Changed {
    void changed(Course course, int before);
  }

  private final String arn;
  private final Parts parts;
  private final Changed changed;
  private final Work work;
  private final ConcurrentLinkedQueue<Mail<?>> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private Round round;
  private int told;
  private int known;
  private long alarmMillis = Deadlines.NEVER;
  private Timers.@Nullable Timer alarm;
  private volatile boolean closed;

  /**
   * An execution, new or restored from its events.
   *
   * @param children awaits the executions that this one's tasks begin
   */
  Execution(
      String arn,
      Parts parts,
      List<HistoryEvent> events,
      int told,
      Children children,
      Changed changed) {
    this.arn = arn;
    this.parts = parts;
    this.changed = changed;
    this.told = told;
    this.work = new Work(arn, parts.integrations(), children, this);
    this.round = new Round(arn, parts, events);
    this.known = round.course().changes;
  }

  /** Has something done in the next round; the future is done when its effect is on the disk. */
  <T> CompletableFuture<T> post(Function<Round, T> action) {
    CompletableFuture<T> done = new CompletableFuture<>();
    mailbox.add(new Mail<>(action, done));
    if (waiting.getAndIncrement() == 0) {
      parts.executor().execute(this::workOff);
    }
    return done;
  }

  /** Looks at the clock and goes on. */
  void look() {
    CompletableFuture<Boolean> _ = post(round -> true);
  }

  /** Goes on after a restart: what was under way is begun again. */
  void resume() {
    CompletableFuture<Boolean> _ =
        post(round -> {
          round.resume();
          work.resume(round.course());
          return true;
        });
  }

  void close() {
    closed = true;
    setAlarm(Deadlines.NEVER);
  }

  private void workOff() {
    int done;
    do {
      List<Mail<?>> mails = new ArrayList<>();
      for (Mail<?> mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
        mails.add(mail);
      }
      done = mails.size();
      if (!closed) {
        workOff(mails);
      }
    } while (waiting.addAndGet(-done) > 0);
  }

  private void workOff(List<Mail<?>> mails) {
    try {
      List<Runnable> answers = new ArrayList<>(mails.size());
      round.begin(parts.clock().millis());
      for (Mail<?> mail : mails) {
        answers.add(mail.open(round));
      }
      round.goOn();
      List<HistoryEvent> events = round.take();
      boolean statusChanged = round.course().changes != known;
      if (!events.isEmpty()) {
        write(events, statusChanged);
      }
      answers.forEach(Runnable::run);
      work.take(events, round);
      if (statusChanged) {
        int before = known;
        known = round.course().changes;
        changed.changed(round.course(), before);
      }
      setAlarm(Deadlines.next(round.course()));
    } catch (RuntimeException | StackOverflowError e) {
      broken(mails, e);
    }
  }

  private void write(List<HistoryEvent> events, boolean statusChanged) {
    boolean written =
        parts
            .journal()
            .append(
                Summary.STREAM + arn,
                events.getFirst().id(),
                Events.entry(events),
                statusChanged ? summary().text() : null);
    if (!written) {
      throw new IllegalStateException("somebody else goes on with " + arn);
    }
  }

  private Summary summary() {
    Course course = round.course();
    return Summary.of(arn, course, parts.heard() ? told : course.changes);
  }

  /** Nothing of this round counts: takes the history as it is on the disk, and tries again soon. */
  private void broken(List<Mail<?>> mails, Throwable failure) {
    if (closed) {
      return;
    }
    LOG.log(Level.ERROR, "the execution " + arn + " cannot go on now", failure);
    try {
      List<HistoryEvent> events = Events.events(parts.journal().read(Summary.STREAM + arn));
      if (events.isEmpty()) {
        closed = true;
        mails.forEach(mail -> mail.done().completeExceptionally(failure));
        return;
      }
      round = new Round(arn, parts, events);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the history of " + arn + " cannot be read now", e);
    }
    Timers.Timer _ =
        parts
            .timers()
            .at(
                parts.clock().millis() + AGAIN_MILLIS,
                () -> {
                  mailbox.addAll(mails);
                  if (waiting.getAndAdd(mails.size()) == 0) {
                    parts.executor().execute(this::workOff);
                  }
                });
  }

  private void setAlarm(long millis) {
    if (millis != alarmMillis) {
      if (alarm != null) {
        alarm.cancel();
      }
      alarmMillis = millis;
      alarm = millis == Deadlines.NEVER ? null : parts.timers().at(millis, this::ring);
    }
  }

  private void ring() {
    CompletableFuture<Boolean> _ =
        post(round -> {
          alarmMillis = Deadlines.NEVER;
          return true;
        });
  }

  /** Notes that the listener knows of so many changes. */
  void told(int count) {
    CompletableFuture<Boolean> _ =
        post(round -> {
          told = count;
          return true;
        });
  }

  /** Notes the start of an execution that is not there yet. */
  void start(Event.ExecutionStarted started, long millis) {
    round.start(started, millis);
  }
}
