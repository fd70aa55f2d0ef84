package dev.microcos.core.aws;

import dev.microcos.core.application.port.Endings;
import java.util.Objects;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The ends of executions, as Step Functions describes them. */
final class SfnEndings implements Endings {

  private final SfnClient sfn;

  SfnEndings(SfnClient sfn) {
    this.sfn = sfn;
  }

  @Override
  public Ending of(String executionArn) {
    DescribeExecutionResponse found =
        sfn.describeExecution(describe -> describe.executionArn(executionArn));
    return new Ending(
        Objects.requireNonNullElse(found.input(), "{}"),
        Objects.requireNonNullElse(found.output(), "{}"),
        Objects.requireNonNullElse(found.error(), ""),
        Objects.requireNonNullElse(found.cause(), ""));
  }
}
