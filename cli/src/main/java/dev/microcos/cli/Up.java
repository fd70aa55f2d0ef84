package dev.microcos.cli;

import dev.microcos.local.cloud.CloudException;
import dev.microcos.local.cloud.LocalCloud;
import dev.microcos.local.cloud.LocalCloudOptions;
import dev.microcos.local.cloud.template.TemplateException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the local cloud in this process until it is stopped. */
@Command(name = "up", description = "start the local cloud here; Ctrl-C stops it")
final class Up implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "of the page and the API (default: MICROCOS_PORT, or 8787; 0: any free one)")
  private @Nullable Integer port;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      defaultValue = "8788",
      description = "of tokens, clock and faults (default: 8788)")
  private int adminPort = Ports.ADMIN;

  @Option(
      names = "--aws-port",
      paramLabel = "PORT",
      defaultValue = "4566",
      description = "of the AWS services (default: 4566)")
  private int awsPort = Ports.AWS;

  @Option(
      names = "--environment",
      paramLabel = "E",
      description = "development, staging or production (default: ENVIRONMENT, or development)")
  private @Nullable String environment;

  @Option(names = "--open", description = "open the page in the browser")
  private boolean open;

  @Override
  public Integer call() throws InterruptedException {
    common.needLocal("up");
    Settings settings = common.settings();
    DataFolder folder = common.dataFolder();
    Optional<Running> running = folder.running();
    if (running.isPresent() && running.get().goesOn()) {
      throw Failure.failed(
          "it already runs at " + running.get().url(),
          "open that, or ./microcos stop; for a second one name another --data and ports");
    }
    LocalCloud cloud = start(settings, folder);
    // A signal ends the JVM with a code of its own; stopping on request is a success.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  cloud.close();
                  Runtime.getRuntime().halt(0);
                }));
    tell(cloud, settings, folder);
    if (open) {
      browse(cloud.url());
    }
    cloud.awaitClosed();
    return 0;
  }

  private LocalCloud start(Settings settings, DataFolder folder) {
    String chosen = environment;
    if (chosen == null) {
      chosen = settings.get("ENVIRONMENT").orElse("development");
    }
    Integer page = port;
    try {
      return LocalCloud.start(
          new LocalCloudOptions(
              page == null ? Ports.page(settings) : page,
              adminPort,
              awsPort,
              folder.path(),
              chosen,
              settings.values()));
    } catch (CloudException | TemplateException e) {
      throw Failure.failed(String.valueOf(e.getMessage()), "see ./microcos doctor");
    }
  }

  private void tell(LocalCloud cloud, Settings settings, DataFolder folder) {
    if (common.json()) {
      Out.line(
          Json.line(
              Json.object()
                  .put("url", cloud.url().toString())
                  .put("admin_url", cloud.adminUrl().toString())
                  .put("aws_url", cloud.awsUrl().toString())
                  .put("pid", ProcessHandle.current().pid())
                  .put("model", cloud.model())
                  .put("data", folder.path().toString())));
      return;
    }
    Out.line("Micro CoS is running at " + cloud.url());
    Out.line("  model  " + cloud.model());
    if (settings.get("MICROCOS_MODEL_URL").isEmpty()) {
      Out.line("         MICROCOS_MODEL_URL is not set; for Ollama put this line into .env:");
      Out.line("         MICROCOS_MODEL_URL=http://127.0.0.1:11434/v1");
    }
    Out.line("  data   " + folder.path());
    Out.line("  admin  " + cloud.adminUrl() + "   AWS " + cloud.awsUrl());
    Out.line("  stop   Ctrl-C, or ./microcos stop");
  }

  private static void browse(URI url) {
    boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    try {
      Process _ = new ProcessBuilder(mac ? "open" : "xdg-open", url.toString()).start();
    } catch (IOException e) {
      Out.line("  open   no browser could be started; open " + url + " yourself");
    }
  }
}
