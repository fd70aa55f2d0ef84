package dev.microcos.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes an environment on AWS. */
@Command(name = "destroy", description = "delete an environment on AWS, and its data with it")
final class Destroy implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "ENV", description = "development or staging")
  private String environment = "";

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  private boolean yes;

  @Override
  public Integer call() {
    if (environment.equals("production")) {
      throw Failure.wrongUse(
          "production is protected from deletion",
          "docs/operations.md says how its protection is lifted, by hand and knowingly");
    }
    if (!yes && !Out.isTerminal()) {
      throw Failure.wrongUse("destroy asks first, and nobody is there to answer", "add --yes");
    }
    int code =
        new Cdk(common.settings(), Settings.home())
            .run("destroy", environment, yes ? List.of("--force") : List.of());
    if (code != 0) {
      throw Failure.failed(
          "the CDK ended with " + code,
          "see the events of the stack microcos-" + environment + " in CloudFormation");
    }
    return 0;
  }
}
