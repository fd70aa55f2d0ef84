package dev.microcos.core.aws;

import dev.microcos.core.application.port.Executions;
import dev.microcos.core.domain.id.PersonRun;
import dev.microcos.core.domain.log.Document;
import dev.microcos.core.wire.ExecutionJson;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineDeletingException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Executions by AWS Step Functions: a run's has the run's name, so there is one at most. */
final class SfnExecutions implements Executions {

  /** The longest cause that Step Functions takes (API reference of StopExecution). */
  private static final int LONGEST_CAUSE = 32_768;

  private final SfnClient sfn;
  private final Host host;

  SfnExecutions(SfnClient sfn, Host host) {
    this.sfn = sfn;
    this.host = host;
  }

  @Override
  public String start(Execution execution) {
    String machine = machine(execution.started().workflow());
    String name = execution.run().executionName();
    try {
      return sfn.startExecution(start ->
              start.stateMachineArn(machine).name(name).input(ExecutionJson.input(execution)))
          .executionArn();
    } catch (ExecutionAlreadyExistsException startedBefore) {
      return arn(machine, name);
    } catch (StateMachineDoesNotExistException
        | StateMachineDeletingException
        | InvalidExecutionInputException
        | InvalidNameException
        | InvalidArnException never) {
      throw new ExecutionRefused(code(never), detail(never), never);
    }
  }

  @Override
  public void stop(PersonRun run, String workflow, String error, String cause) {
    try {
      sfn.stopExecution(stop ->
          stop.executionArn(arn(machine(workflow), run.executionName()))
              .error(error)
              .cause(shortened(cause)));
    } catch (ExecutionDoesNotExistException never) {
      // it was never started, and now it never will be
    }
  }

  @Override
  public void succeed(String token, Document result) {
    try {
      sfn.sendTaskSuccess(send -> send.taskToken(token).output(result.json()));
    } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException over) {
      // nobody waits for it any more
    } catch (InvalidOutputException tooLarge) {
      fail(token, "States.DataLimitExceeded", detail(tooLarge));
    }
  }

  @Override
  public void fail(String token, String error, String cause) {
    try {
      sfn.sendTaskFailure(send -> send.taskToken(token).error(error).cause(shortened(cause)));
    } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException over) {
      // nobody waits for it any more
    }
  }

  /** The environment has the ARN of a state machine up to the name of its workflow. */
  private String machine(String workflow) {
    return host.require("STATE_MACHINE_PREFIX") + workflow;
  }

  private static String arn(String machine, String name) {
    return machine.replace(":stateMachine:", ":execution:") + ":" + name;
  }

  private static String code(SfnException refusal) {
    return refusal.awsErrorDetails() == null ? "refused" : refusal.awsErrorDetails().errorCode();
  }

  private static String detail(SfnException refusal) {
    return refusal.awsErrorDetails() == null
        ? "Step Functions refused it"
        : refusal.awsErrorDetails().errorMessage();
  }

  private static String shortened(String cause) {
    return cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) : cause;
  }
}
