package dev.microcos.local.stepfunctions;

import dev.microcos.local.stepfunctions.run.StatusListener;
import dev.microcos.local.stepfunctions.task.Integrations;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.function.LongFunction;

/**
 * How an engine is set up.
 *
 * @param integrations carries out tasks
 * @param listener hears of status changes
 * @param clock drives waits, retries and timeouts
 * @param executor runs what goes on, one short task at a time for each execution; it must not run
 *     them in the caller's thread
 * @param secrets makes a secret of so many bytes, as text, for task tokens
 */
public record EngineOptions(
    String account,
    String region,
    Integrations integrations,
    StatusListener listener,
    InstantSource clock,
    Executor executor,
    LongFunction<String> secrets) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** The usual: account 000000000000 in us-east-1, the system's clock, virtual threads. */
  public static EngineOptions of(Integrations integrations) {
    return new EngineOptions(
        "000000000000",
        "us-east-1",
        integrations,
        StatusListener.NONE,
        InstantSource.system(),
        action -> {
          Thread _ = Thread.ofVirtual().name("stepfunctions").start(action);
        },
        EngineOptions::secret);
  }

  /** The same with another listener. */
  public EngineOptions withListener(StatusListener other) {
    return new EngineOptions(account, region, integrations, other, clock, executor, secrets);
  }

  /** The same with another clock. */
  public EngineOptions withClock(InstantSource other) {
    return new EngineOptions(account, region, integrations, listener, other, executor, secrets);
  }

  /** The same in another place. */
  public EngineOptions in(String otherAccount, String otherRegion) {
    return new EngineOptions(
        otherAccount, otherRegion, integrations, listener, clock, executor, secrets);
  }

  private static String secret(long bytes) {
    byte[] secret = new byte[(int) bytes];
    RANDOM.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
