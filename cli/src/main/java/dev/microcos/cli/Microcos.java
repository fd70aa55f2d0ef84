package dev.microcos.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command itself: picks the subcommand and turns what it throws into lines and exit codes. */
@Command(
    name = "microcos",
    description = "Your chief of staff: start it here, or talk to one that runs.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 the request failed, 2 wrong use, 3 nothing answers.",
      "Begin with: ./microcos up"
    },
    subcommands = {
      Up.class,
      Stop.class,
      Reset.class,
      Send.class,
      Chat.class,
      State.class,
      Events.class,
      Trace.class,
      Replay.class,
      Dlq.class,
      Doctor.class,
      Deploy.class,
      Diff.class,
      Destroy.class,
      Train.class
    })
public final class Microcos implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean help;

  private Microcos() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs the command and gives its exit code. */
  static int run(String... arguments) {
    CommandLine line = new CommandLine(new Microcos());
    line.setExecutionExceptionHandler((problem, _, _) -> tell(problem));
    line.setParameterExceptionHandler((problem, _) -> {
      CommandLine command = problem.getCommandLine();
      return tell(
          Failure.wrongUse(
              String.valueOf(problem.getMessage()),
              "see ./" + command.getCommandSpec().qualifiedName() + " --help"));
    });
    try {
      return line.execute(arguments);
    } catch (Failure failure) {
      return tell(failure);
    }
  }

  @Override
  public void run() {
    if (!help) {
      spec.commandLine().usage(System.out);
    }
  }

  private static int tell(Exception problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        System.err.println("microcos: " + failure.what());
        System.err.println("  next: " + failure.next());
        return failure.code();
      }
    }
    System.err.println("microcos: unexpected: " + problem);
    System.err.println("  next: see ./microcos doctor");
    return Failure.FAILED;
  }
}
