package dev.microcos.local.stepfunctions.run;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** An executor that knows whether it has nothing to do. */
final class Idle implements Executor {

  private final AtomicInteger busy = new AtomicInteger();

  @Override
  public void execute(Runnable action) {
    int _ = busy.incrementAndGet();
    Thread _ =
        Thread.ofVirtual()
            .start(() -> {
              try {
                action.run();
              } finally {
                int _ = busy.decrementAndGet();
              }
            });
  }

  boolean idle() {
    return busy.get() == 0;
  }
}
