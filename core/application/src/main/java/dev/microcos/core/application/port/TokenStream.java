package dev.microcos.core.application.port;

import dev.microcos.core.domain.log.Fact.StopReason;
import dev.microcos.core.domain.log.Fact.TokenUse;
import java.time.Duration;

/** An answer that is being written. */
public interface TokenStream extends AutoCloseable {

  /**
   * What comes next.
   *
   * @param wait how long to wait for it at most
   * @throws ModelFailure if the stream broke, or ended without saying why
   */
  Step next(Duration wait);

  /** Ends the call, wherever it is. */
  @Override
  void close();

  /** What a stream gives. */
  sealed interface Step {
    /** More of the text. */
    record Text(String text) implements Step {}

    /** Nothing came in time. */
    record Idle() implements Step {}

    /** Whoever reads is told to stop. */
    record Interrupted() implements Step {}

    /** The answer is whole. */
    record Ended(StopReason stopReason, TokenUse tokens) implements Step {}
  }
}
