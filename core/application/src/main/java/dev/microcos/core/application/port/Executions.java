package dev.microcos.core.application.port;

import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.id.RequestId;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.domain.log.RunFact.RunStarted;

/** The executions of runs, one each. */
public interface Executions {

  /**
   * Starts a run's execution; to start it again does no harm.
   *
   * @return its ARN
   * @throws ExecutionRefused if it can never be started
   */
  String start(Execution execution);

  /** Stops a run's execution; to stop one that has ended, or never was, does no harm. */
  void stop(PersonRun run, String workflow, String error, String cause);

  /** Gives what waits with a token its result; nothing happens if nobody waits with it any more. */
  void succeed(String token, Document result);

  /** Fails what waits with a token; nothing happens if nobody waits with it any more. */
  void fail(String token, String error, String cause);

  /**
   * An execution that is to start.
   *
   * @param hops how many times the system has answered itself since the request
   */
  record Execution(PersonRun run, RunStarted started, RequestId request, int hops) {}

  /** An execution can never be started as it is asked for. */
  final class ExecutionRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A refusal.
     *
     * @param code what kind, as AWS names it
     * @param detail why, without personal text
     */
    public ExecutionRefused(String code, String detail, Throwable cause) {
      super(detail, cause);
      this.code = code;
    }

    /** What kind of refusal. */
    public String code() {
      return code;
    }

    /** Why. */
    public String detail() {
      return String.valueOf(getMessage());
    }
  }
}
