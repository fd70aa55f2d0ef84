package dev.microcos.cli;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command itself: picks the subcommand and turns what it throws into lines and exit codes. */
@Command(
    name = "microcos",
    description = "Your chief of staff: start it here, or talk to one that runs.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 the request failed, 2 wrong use, 3 nothing answers.",
      "Begin with: ./microcos up"
    })
public final class Microcos implements Runnable {
  /** In the order in which the help tells them. */
  private static final SequencedMap<String, Supplier<Callable<Integer>>> COMMANDS = commands();

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
    addCommands(line, arguments.length == 0 ? "" : arguments[0]);
    // Where a word begins with @, our commands read the file themselves, as data.
    line.setExpandAtFiles(false);
    line.setExecutionExceptionHandler((problem, _, _) -> tell(problem));
    line.setParameterExceptionHandler((problem, _) -> {
      CommandLine command = problem.getCommandLine();
      return tell(
          Failure.wrongUse(
              wrong(problem), "see ./" + command.getCommandSpec().qualifiedName() + " --help"));
    });
    try {
      return line.execute(arguments);
    } catch (Failure failure) {
      return tell(failure);
    }
  }

  /**
   * Only the one that is called, since to read the others' options takes longer than most of them.
   */
  private static void addCommands(CommandLine line, String name) {
    Supplier<Callable<Integer>> called = COMMANDS.get(name);
    if (called != null) {
      line.addSubcommand(called.get());
    } else {
      COMMANDS.values().forEach(each -> line.addSubcommand(each.get()));
    }
  }

  private static SequencedMap<String, Supplier<Callable<Integer>>> commands() {
    SequencedMap<String, Supplier<Callable<Integer>>> all = new LinkedHashMap<>();
    all.put("up", Up::new);
    all.put("stop", Stop::new);
    all.put("reset", Reset::new);
    all.put("send", Send::new);
    all.put("chat", Chat::new);
    all.put("state", State::new);
    all.put("events", Events::new);
    all.put("workflows", Workflows::new);
    all.put("run", Run::new);
    all.put("runs", Runs::new);
    all.put("show", Show::new);
    all.put("watch", Watch::new);
    all.put("answer", Answer::new);
    all.put("cancel", Cancel::new);
    all.put("rerun", Rerun::new);
    all.put("signal", Signal::new);
    all.put("new", New::new);
    all.put("trace", Trace::new);
    all.put("replay", Replay::new);
    all.put("dlq", Dlq::new);
    all.put("doctor", Doctor::new);
    all.put("deploy", Deploy::new);
    all.put("diff", Diff::new);
    all.put("destroy", Destroy::new);
    all.put("train", Train::new);
    return all;
  }

  @Override
  public void run() {
    if (!help) {
      spec.commandLine().usage(System.out);
    }
  }

  private static String wrong(ParameterException problem) {
    boolean command = problem.getCommandLine().getParent() == null;
    return command
            && problem instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
        ? "there is no command " + unmatched.getUnmatched().getFirst()
        : String.valueOf(problem.getMessage());
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
