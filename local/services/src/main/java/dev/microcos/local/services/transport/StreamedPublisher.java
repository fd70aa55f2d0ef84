package dev.microcos.local.services.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * What a writer writes, as a publisher. The writer runs on a virtual thread of its own from the
 * subscription on, each of its flushes is one element, and it waits where nothing is asked for;
 * after a cancellation its next flush throws an IOException.
 */
final class StreamedPublisher implements Publisher<ByteBuffer>, Subscription {

  private final AwsResponse.Writer writer;
  private final CompletableFuture<Void> done;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long demand;
  private boolean cancelled;

  StreamedPublisher(AwsResponse.Writer writer, CompletableFuture<Void> done) {
    this.writer = writer;
    this.done = done;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(this);
    Thread.ofVirtual().name("streamed-response").start(() -> run(subscriber));
  }

  private void run(Subscriber<? super ByteBuffer> subscriber) {
    try (ChunkStream out = new ChunkStream(chunk -> emit(subscriber, chunk))) {
      writer.writeTo(out);
      out.flush();
    } catch (IOException | RuntimeException failure) {
      if (!isCancelled()) {
        subscriber.onError(failure);
      }
      done.completeExceptionally(failure);
      return;
    }
    if (!isCancelled()) {
      subscriber.onComplete();
    }
    done.complete(null);
  }

  private void emit(Subscriber<? super ByteBuffer> subscriber, byte[] chunk) throws IOException {
    lock.lock();
    try {
      while (demand == 0 && !cancelled && chunk.length > 0) {
        changed.await();
      }
      if (cancelled) {
        throw new IOException("the receiver has left");
      }
      if (chunk.length == 0) {
        return;
      }
      demand--;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the receiver");
    } finally {
      lock.unlock();
    }
    subscriber.onNext(ByteBuffer.wrap(chunk));
  }

  private boolean isCancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void request(long n) {
    lock.lock();
    try {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    lock.lock();
    try {
      cancelled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
