package dev.microcos.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command takes. */
final class Common {
  @Option(
      names = "--target",
      paramLabel = "URL|local",
      defaultValue = "local",
      description = "whom to talk to: local (default), or the URL of a deployed Micro CoS")
  private String target = "local";

  @Option(
      names = "--as",
      paramLabel = "NAME",
      defaultValue = "me",
      description = "on whose behalf, locally (default: me)")
  private String name = "me";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the local cloud's data folder (default: MICROCOS_DATA, or .microcos)")
  private @Nullable Path data;

  @Option(names = "--json", description = "print JSON for programs")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  private final Settings settings = Settings.load();

  /** The settings in force. */
  Settings settings() {
    return settings;
  }

  /** The local cloud's data folder. */
  DataFolder dataFolder() {
    Path chosen = data;
    if (chosen == null) {
      chosen = settings.get("MICROCOS_DATA").map(Path::of).orElse(null);
    }
    return new DataFolder(
        chosen == null
            ? Settings.home().resolve(".microcos")
            : chosen.toAbsolutePath().normalize());
  }

  /** Whether programs read the output. */
  boolean json() {
    return json;
  }

  /** The person on whose behalf the command acts. */
  String name() {
    return name;
  }

  /** Whether the target is the local cloud. */
  boolean local() {
    return target.equals("local");
  }

  /** Refuses a remote target. */
  void needLocal(String command) {
    if (!local()) {
      throw Failure.wrongUse(command + " is for the local cloud only", "leave --target out");
    }
  }

  /** A client of the target, with a token. */
  Client client() {
    if (local()) {
      return Client.local(dataFolder().needRunning(), name);
    }
    if (!target.matches("https?://.+")) {
      throw Failure.wrongUse(
          "--target is neither local nor a URL: " + target, "try --target http://127.0.0.1:8787");
    }
    String token =
        settings
            .get("MICROCOS_TOKEN")
            .orElseThrow(() ->
                Failure.wrongUse(
                    "a remote target needs a token", "set MICROCOS_TOKEN, or leave --target out"));
    return Client.remote(target, token);
  }
}
