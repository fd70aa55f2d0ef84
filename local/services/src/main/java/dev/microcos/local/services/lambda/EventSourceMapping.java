package dev.microcos.local.services.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import dev.microcos.local.services.lambda.QueueSource.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages from a queue to a function. Workers take turns at polling: who received a batch
 * passes the turn on and invokes the function itself, so that a message meets no further thread on
 * its way, while the next worker already waits for the next batch. Which batches may run side by
 * side is the queue's affair: it gives out a FIFO group's next messages only when the ones before
 * are deleted or visible again.
 */
public final class EventSourceMapping implements AutoCloseable {

  private static final Logger LOG = System.getLogger(EventSourceMapping.class.getName());
  private static final Duration LONG_POLL = Duration.ofSeconds(20);
  private static final Duration THROTTLED = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final MappingConfiguration configuration;
  private final QueueSource queue;
  private final LambdaFunction function;
  private final SqsEvents events;
  private final Semaphore turn = new Semaphore(1);
  private final AtomicInteger workers = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Object polling = new Object();
  private @Nullable Thread poller;
  private int failuresInARow;

  /** A mapping that does nothing until it is started. */
  public EventSourceMapping(
      MappingConfiguration configuration, QueueSource queue, LambdaFunction function) {
    this.configuration = configuration;
    this.queue = queue;
    this.function = function;
    this.events = new SqsEvents(configuration.queueArn());
  }

  /** Begins to poll. */
  public void start() {
    hire();
  }

  /**
   * Stops polling and waits for what is being worked on. What was received but not yet handed over
   * goes back at once.
   *
   * @return whether all work ended within the limit; if not it goes on, and its messages come again
   *     after their visibility timeout unless it ends well
   */
  public boolean stop(Duration limit) {
    stopping.countDown();
    synchronized (polling) {
      if (poller != null) {
        poller.interrupt();
      }
    }
    turn.release(configuration.maximumConcurrency());
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops within ten seconds. */
  @Override
  public void close() {
    if (!stop(DRAIN)) {
      LOG.log(Level.WARNING, "{0}: stopped with work in flight", configuration.queueArn());
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void hire() {
    Thread worker =
        Thread.ofVirtual().name(function.configuration().name() + "-", 0).unstarted(this::work);
    workers.incrementAndGet();
    threads.add(worker);
    worker.start();
  }

  private void work() {
    try {
      while (!isStopping()) {
        turn.acquire();
        List<Message> batch;
        try {
          batch = isStopping() ? List.of() : poll();
        } finally {
          turn.release();
        }
        if (batch.isEmpty()) {
          continue;
        }
        if (isStopping()) {
          batch.forEach(message -> queue.release(message.receiptHandle(), Duration.ZERO));
          return;
        }
        if (!turn.hasQueuedThreads() && workers.get() < configuration.maximumConcurrency()) {
          hire();
        }
        handOver(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      workers.decrementAndGet();
      threads.remove(Thread.currentThread());
    }
  }

  /** Waits for a batch; the turn is held, so one thread at a time is here. */
  private List<Message> poll() throws InterruptedException {
    synchronized (polling) {
      if (isStopping()) {
        return List.of();
      }
      poller = Thread.currentThread();
    }
    try {
      List<Message> batch = queue.receive(configuration.batchSize(), LONG_POLL);
      failuresInARow = 0;
      return batch;
    } catch (InterruptedException e) {
      return List.of();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, configuration.queueArn() + ": receive failed", e);
      pause();
      return List.of();
    } finally {
      synchronized (polling) {
        poller = null;
        Thread.interrupted(); // stop() may have hit us just after the receive returned
      }
    }
  }

  private void pause() {
    long millis = Math.min(50L << Math.min(failuresInARow++, 10), LONGEST_PAUSE.toMillis());
    try {
      boolean stopped = stopping.await(millis, TimeUnit.MILLISECONDS);
      if (stopped) {
        LOG.log(Level.DEBUG, "{0}: stopped while the queue was down", configuration.queueArn());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOver(List<Message> batch) {
    try {
      SQSBatchResponse response =
          function.invoke(events.event(batch), SQSBatchResponse.class).orElse(null);
      List<String> done =
          configuration.reportBatchItemFailures()
              ? BatchResult.succeeded(batch, response)
              : batch.stream().map(Message::receiptHandle).toList();
      if (!done.isEmpty()) {
        queue.delete(done);
      }
    } catch (InvocationFailure.Throttled e) {
      batch.forEach(message -> queue.release(message.receiptHandle(), THROTTLED));
    } catch (RuntimeException e) {
      // The whole batch failed: it comes again after its visibility timeout.
      LOG.log(
          Level.ERROR, configuration.queueArn() + ": a batch of " + batch.size() + " failed", e);
    }
  }
}
