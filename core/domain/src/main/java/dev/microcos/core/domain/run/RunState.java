package dev.microcos.core.domain.run;

import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.IdKey;
import dev.microcos.core.domain.log.Ring;
import dev.microcos.core.domain.log.Rows;
import dev.microcos.core.domain.log.State;
import java.time.Instant;
import java.util.function.Consumer;
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
    return with(draft -> {
      draft.begun = asked;
      draft.stateHash = hash;
    });
  }

  /** Begun, at the first time that anything says so. */
  RunState started(@Nullable String arn, Instant at) {
    return with(draft -> {
      draft.executionArn = arn == null ? executionArn : arn;
      draft.startedAt = startedAt == null ? at : startedAt;
    });
  }

  RunState with(Step step, String hash, Spent more) {
    return with(draft -> {
      draft.steps = steps.with(step);
      draft.stateHash = hash;
      draft.spent = more;
    });
  }

  RunState with(@Nullable Step step) {
    return step == null ? this : with(step, stateHash, spent);
  }

  RunState with(Question question) {
    return with(draft -> draft.questions = questions.with(question));
  }

  RunState with(Wait wait) {
    return with(draft -> draft.waits = waits.with(wait));
  }

  RunState with(Child child) {
    return with(draft -> draft.children = children.with(child));
  }

  RunState with(Ending end) {
    return with(draft -> {
      draft.ending = end;
      draft.status = end.status();
    });
  }

  /** The same, known up to a newer event. */
  RunState at(long newest, Instant committed, Ring ids, RunStatus how) {
    return with(draft -> {
      draft.seq = newest;
      draft.committedAt = committed;
      draft.ring = ids;
      draft.status = how;
    });
  }

  private RunState with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.state();
  }

  /** The state that comes next: as before where nothing is set. */
  private static final class Draft {
    private final PersonRun subject;
    private long seq;
    private Instant committedAt;
    private Ring ring;
    private @Nullable Begun begun;
    private RunStatus status;
    private String stateHash;
    private @Nullable String executionArn;
    private @Nullable Instant startedAt;
    private @Nullable Ending ending;
    private Rows<Step> steps;
    private Rows<Question> questions;
    private Rows<Wait> waits;
    private Rows<Child> children;
    private Spent spent;

    Draft(RunState from) {
      subject = from.subject;
      seq = from.seq;
      committedAt = from.committedAt;
      ring = from.ring;
      begun = from.begun;
      status = from.status;
      stateHash = from.stateHash;
      executionArn = from.executionArn;
      startedAt = from.startedAt;
      ending = from.ending;
      steps = from.steps;
      questions = from.questions;
      waits = from.waits;
      children = from.children;
      spent = from.spent;
    }

    RunState state() {
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
          children,
          spent);
    }
  }
}
