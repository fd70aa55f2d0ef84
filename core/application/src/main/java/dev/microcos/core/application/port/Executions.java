package dev.microcos.core.application.port;

import dev.microcos.core.domain.log.Document;

/** The executions of workflows, outside. */
public interface Executions {

  /**
   * Starts one. To start it again under its name does nothing more.
   *
   * @param name of the execution, 80 characters at most
   * @param input an object
   * @return how the execution is called from now on
   * @throws ExecutionRefused if it will never start
   */
  String start(String workflow, String name, Document input);

  /** Stops one; nothing if it is over or was never there. */
  void stop(String execution, String error, String cause);

  /** Answers what an execution waits for; nothing if it waits no longer. */
  void succeed(String token, Document output);

  /** Tells an execution that what it waits for will not come; nothing if it waits no longer. */
  void fail(String token, String error, String cause);
}
