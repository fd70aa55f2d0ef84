package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.OperationId;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Fact.TokenUse;
import java.time.Duration;
import java.time.Instant;

/**
 * A call of a model or a tool, as it is accounted for.
 *
 * @param kind what was called for, {@code narrate}
 * @param status {@code running}, {@code complete}, {@code failed} or {@code cancelled}
 * @param attempt how many times it was taken on
 * @param tokens what it used
 * @param costMicros what that costs at list price, in millionths of a US dollar
 * @param latency from the begin of the attempt to its end
 * @param firstToken from the begin of the attempt to the first token; zero if there was none
 * @param failure the code of why it failed; empty if it did not
 * @param prompt what the model was given; only in the view of one call
 * @param text what it has said so far
 */
public record OperationRow(
    OperationId operation,
    RequestId request,
    String kind,
    String status,
    int attempt,
    Instant startedAt,
    TokenUse tokens,
    long costMicros,
    Duration latency,
    Duration firstToken,
    String failure,
    String prompt,
    String text) {

  /** Somebody is at it. */
  public static final String RUNNING = "running";

  /** It gave what was wanted. */
  public static final String COMPLETE = "complete";

  /** It gave nothing. */
  public static final String FAILED = "failed";

  /** It was stopped. */
  public static final String CANCELLED = "cancelled";

  /** This call, once it is over. */
  public OperationRow ended(String how, String said) {
    return new OperationRow(
        operation,
        request,
        kind,
        how,
        attempt,
        startedAt,
        tokens,
        costMicros,
        latency,
        firstToken,
        failure,
        prompt,
        said);
  }
}
