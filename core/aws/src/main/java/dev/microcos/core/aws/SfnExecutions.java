package dev.microcos.core.aws;

import dev.microcos.core.application.port.ExecutionRefused;
import dev.microcos.core.application.port.Executions;
import dev.microcos.core.domain.log.Document;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Executions of Step Functions; the state machine of a workflow has its name behind a prefix. */
final class SfnExecutions implements Executions {

  private static final String MACHINE = ":stateMachine:";
  private static final String EXECUTION = ":execution:";

  /** StopExecution and SendTaskFailure take 256 and 32,768 characters. */
  private static final int LONGEST_ERROR = 256;

  private static final int LONGEST_CAUSE = 32_768;

  private final SfnClient sfn;
  private final String prefix;

  /**
   * Executions by this client.
   *
   * @param prefix what the ARNs of all state machines begin with
   */
  SfnExecutions(SfnClient sfn, String prefix) {
    this.sfn = sfn;
    this.prefix = prefix;
  }

  @Override
  public String start(String workflow, String name, Document input) {
    String machine = prefix + workflow;
    try {
      return sfn.startExecution(
              start -> start.stateMachineArn(machine).name(name).input(input.json()))
          .executionArn();
    } catch (ExecutionAlreadyExistsException begun) {
      return machine.replace(MACHINE, EXECUTION) + ":" + name;
    } catch (StateMachineDoesNotExistException
        | StateMachineDeletingException
        | InvalidArnException
        | InvalidExecutionInputException
        | InvalidNameException never) {
      throw new ExecutionRefused(code(never), never);
    }
  }

  @Override
  public void stop(String execution, String error, String cause) {
    try {
      sfn.stopExecution(stop ->
          stop.executionArn(execution)
              .error(cut(error, LONGEST_ERROR))
              .cause(cut(cause, LONGEST_CAUSE)));
    } catch (ExecutionDoesNotExistException gone) {
      // there is nothing to stop
    }
  }

  @Override
  public void succeed(String token, Document output) {
    try {
      sfn.sendTaskSuccess(success -> success.taskToken(token).output(output.json()));
    } catch (TaskTimedOutException | TaskDoesNotExistException late) {
      // nobody waits for it any more
    }
  }

  @Override
  public void fail(String token, String error, String cause) {
    try {
      sfn.sendTaskFailure(failure ->
          failure
              .taskToken(token)
              .error(cut(error, LONGEST_ERROR))
              .cause(cut(cause, LONGEST_CAUSE)));
    } catch (TaskTimedOutException | TaskDoesNotExistException late) {
      // nobody waits for it any more
    }
  }

  private static String code(SfnException refusal) {
    return refusal.awsErrorDetails().errorCode();
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
