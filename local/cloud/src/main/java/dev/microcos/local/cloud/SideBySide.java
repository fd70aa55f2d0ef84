package dev.microcos.local.cloud;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Work of a start that need not wait for other work, on threads of its own. */
final class SideBySide {
  private SideBySide() {}

  static <T> CompletableFuture<T> begin(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  /** What came of it; what it threw is thrown here as it was. */
  static <T> T end(CompletableFuture<T> begun) {
    try {
      return begun.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw e;
    }
  }

  /** What came of it, once it is over; nothing if it failed. */
  static <T> Optional<T> ended(CompletableFuture<T> begun) {
    return begun.handle((made, failure) -> Optional.ofNullable(made)).join();
  }
}
