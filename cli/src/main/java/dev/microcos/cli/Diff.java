package dev.microcos.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a deployment would change. */
@Command(name = "diff", description = "show what a deployment to AWS would change")
final class Diff implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "ENV", description = "development, staging or production")
  private String environment = "";

  @Override
  public Integer call() {
    int code = new Cdk(common.settings(), Settings.home()).run("diff", environment, List.of());
    if (code != 0) {
      throw Failure.failed(
          "the CDK ended with " + code, "check the credentials: aws sts get-caller-identity");
    }
    return 0;
  }
}
