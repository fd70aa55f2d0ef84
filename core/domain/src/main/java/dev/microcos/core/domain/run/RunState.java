package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run: the fold of its log.
 *
 * @param subject which run it is
 * @param seq the seq of the newest event in it, 0 if there is none
 * @param committedAt when that was committed; the epoch if there is none
 * @param ring the ids of the newest events
 * @param begun how it was asked for; null if it never was
 * @param status how far it is
 * @param stateHash the hash of what its next step is given, as far as steps have told
 * @param executionArn its execution, once that has begun
 * @param startedAt when its execution began
 * @param ending how it ended; null while it has not
 * @param steps its steps in their order
 * @param questions what it has asked
 * @param waits what it has waited for
 * @param children the runs that it started
 * @param spent what its models cost
 */
public record RunState(
    PersonRun subject,
    long seq,
    Instant committedAt,
    Ring ring,
    @Nullable Begun begun,
    RunStatus status,
    String stateHash,
    @Nullable String executionArn,
    @Nullable Instant startedAt,
    @Nullable Ending ending,
    Rows<Step> steps,
    Rows<Question> questions,
    Rows<Wait> waits,
    Rows<Child> children,
    Spent spent)
    implements State {

  /** The version of the state's form that this release writes. */
  public static final int VERSION = 1;

  /** The state before the first event. */
  public static RunState empty(PersonRun subject) {
    return new RunState(
        subject,
        0,
        Instant.EPOCH,
        Ring.empty(IdKey.of(subject)),
        null,
        RunStatus.PENDING,
        "",
        null,
        null,
        null,
        Rows.empty(),
        Rows.empty(),
        Rows.empty(),
        Rows.empty(),
        Spent.NOTHING);
  }

  /** Whether it was ever asked for. */
  public boolean isThere() {
    return begun != null;
  }

  @Override
  public int rows() {
    return 4 * steps.size() + questions.size() + waits.size() + children.size();
  }

  RunState with(Begun asked, String hash) {
    return new RunState(
        subject,
        seq,
        committedAt,
        ring,
        asked,
        status,
        hash,
        executionArn,
        startedAt,
        ending,
        steps,
        questions,
        waits,
        children,
        spent);
  }

  RunState started(@Nullable String arn, Instant at) {
    return new RunState(
        subject,
        seq,
        committedAt,
        ring,
        begun,
        status,
        stateHash,
        arn == null ? executionArn : arn,
        startedAt == null ? at : startedAt,
        ending,
        steps,
        questions,
        waits,
        children,
        spent);
  }

  RunState with(Step step, String hash, Spent more) {
    return new RunState(
        subject,
        seq,
        committedAt,
        ring,
        begun,
        status,
        hash,
        executionArn,
        startedAt,
        ending,
        steps.with(step),
        questions,
        waits,
        children,
        more);
  }

  RunState with(@Nullable Step step) {
    return step == null ? this : with(step, stateHash, spent);
  }

  RunState with(Question question) {
    return new RunState(
        subject,
        seq,
        committedAt,
        ring,
        begun,
        status,
        stateHash,
        executionArn,
        startedAt,
        ending,
        steps,
        questions.with(question),
        waits,
        children,
        spent);
  }

  RunState with(Wait wait) {
    return new RunState(
        subject,
        seq,
        committedAt,
        ring,
        begun,
        status,
        stateHash,
        executionArn,
        startedAt,
        ending,
        steps,
        questions,
        waits.with(wait),
        children,
        spent);
  }

  RunState with(Child child) {
    return new RunState(
        subject,
        seq,
        committedAt,
        ring,
        begun,
        status,
        stateHash,
        executionArn,
        startedAt,
        ending,
        steps,
        questions,
        waits,
        children.with(child),
        spent);
  }

  RunState with(Ending end) {
    return new RunState(
        subject,
        seq,
        committedAt,
        ring,
        begun,
        end.status(),
        stateHash,
        executionArn,
        startedAt,
        end,
        steps,
        questions,
        waits,
        children,
        spent);
  }

  RunState at(long newest, Instant committed, Ring ids, RunStatus how) {
    return new RunState(
        subject,
        newest,
        committed,
        ids,
        begun,
        how,
        stateHash,
        executionArn,
        startedAt,
        ending,
        steps,
        questions,
        waits,
        children,
        spent);
  }
}
