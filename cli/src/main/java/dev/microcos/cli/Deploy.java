package dev.microcos.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings an environment on AWS to what this working copy says. */
@Command(name = "deploy", description = "deploy to AWS, with what is built here")
final class Deploy implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "ENV", description = "development, staging or production")
  private String environment = "";

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "of your OpenID Connect provider (default: as before; at first a Cognito pool)")
  private @Nullable String issuer;

  @Option(names = "--audience", paramLabel = "ID", description = "of its tokens, with --issuer")
  private @Nullable String audience;

  @Option(
      names = "--alarms-to",
      paramLabel = "ADDRESS",
      description = "who gets the alarms by mail (default: as before; at first nobody)")
  private @Nullable String address;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask before rights are widened")
  private boolean yes;

  @Override
  public Integer call() {
    if ((issuer == null) != (audience == null)) {
      throw Failure.wrongUse("--issuer and --audience belong together", "give both, or neither");
    }
    List<String> options = new ArrayList<>();
    parameter("Issuer", issuer, options);
    parameter("Audience", audience, options);
    parameter("AlarmsEmail", address, options);
    options.add("--require-approval=" + (yes ? "never" : "broadening"));
    int code = new Cdk(common.settings(), Settings.home()).run("deploy", environment, options);
    if (code != 0) {
      throw Failure.failed(
          "the CDK ended with " + code + "; CloudFormation undoes what it began",
          "in a new account or region first: npx "
              + Cdk.PINNED
              + " bootstrap; else see the events of the stack microcos-"
              + environment);
    }
    return 0;
  }

  private static void parameter(String name, @Nullable String value, List<String> options) {
    if (value != null) {
      options.add("--parameters=" + name + "=" + value);
    }
  }
}
