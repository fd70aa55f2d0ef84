package dev.microcos.local.stepfunctions.run;

/** ARNs of executions. */
public final class Arns {

  private Arns() {}

  /** The ARN of a machine's execution of this name. */
  public static String execution(String machineArn, String name) {
    return machineArn.replaceFirst(":stateMachine:", ":execution:") + ":" + name;
  }
}
