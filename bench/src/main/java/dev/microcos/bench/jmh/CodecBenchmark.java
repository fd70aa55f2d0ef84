package dev.microcos.bench.jmh;

import dev.microcos.core.domain.log.Commit;
import dev.microcos.core.domain.log.Event;
import dev.microcos.core.domain.user.UserEvolution;
import dev.microcos.core.domain.user.UserState;
import dev.microcos.core.wire.CommitJson;
import dev.microcos.core.wire.Frames;
import dev.microcos.core.wire.StateJson;
import dev.microcos.core.wire.View;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is written, read, hashed and sealed for one small commit, in microseconds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

  private static final int TAG_BITS = 128;
  private static final int NONCE = 12;

  private final Life life = new Life();
  private final UserState state = life.state();
  private final List<Event> events = life.events(1);
  private final UserState next = UserEvolution.evolve(state, events.getFirst());
  private final Commit commit = new Commit(state.person(), events, List.of());
  private final byte[] commitJson = CommitJson.write(commit);
  private final byte[] stateJson = StateJson.write(state);
  private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
  private long sealed;

  /** A commit of one event as it is sealed. */
  @Benchmark
  public byte[] writeCommit() {
    return CommitJson.write(commit);
  }

  /** The same read again. */
  @Benchmark
  public Commit readCommit() {
    return CommitJson.read(commitJson, state.person(), commit.at());
  }

  /** A whole state with its full ring of ids, as it goes into a snapshot. */
  @Benchmark
  public byte[] writeState() {
    return StateJson.write(state);
  }

  /** The same read again. */
  @Benchmark
  public UserState readState() {
    return StateJson.read(stateJson, state.person());
  }

  /** The frame that shows one event. */
  @Benchmark
  public byte[] commitFrame() {
    return Frames.commit(state, next, events);
  }

  /** The hash of the whole view. */
  @Benchmark
  public String hashView() {
    return View.hash(state);
  }

  /** What sealing a commit costs: AES-256-GCM of its JSON, a new cipher each time. */
  @Benchmark
  public byte[] encryptCommit() throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(NONCE).putLong(sealed++).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher.doFinal(commitJson);
  }
}
