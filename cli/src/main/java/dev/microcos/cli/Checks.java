package dev.microcos.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the doctor looks at, one method a finding. */
final class Checks {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[\\d;]*m");
  private static final Pattern NUMBER = Pattern.compile("(\\d+)[.\\d]*");

  private Checks() {}

  static Finding jdk() {
    String found = Runtime.version() + " in " + System.getProperty("java.home");
    return Runtime.version().feature() >= 25
        ? Finding.good("JDK", found)
        : Finding.bad("JDK", found, "start it by ./microcos, which finds JDK 25");
  }

  /** Whether a tool that only builds need is there, and new enough. */
  static Finding tool(String name, int least, String why, String... command) {
    Optional<String> line = firstLine(command);
    if (line.isEmpty()) {
      return Finding.note(name, "not found; " + why, "install " + name + " " + least + " or newer");
    }
    Matcher version = NUMBER.matcher(line.get());
    if (version.find() && Integer.parseInt(version.group(1)) >= least) {
      return Finding.good(name, version.group());
    }
    return Finding.note(
        name, line.get() + "; " + why, "install " + name + " " + least + " or newer");
  }

  static Finding port(String option, int port, boolean held) {
    String subject = "port " + port;
    if (held) {
      return Finding.good(subject, "held by the running local cloud");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Finding.good(subject, "free");
    } catch (IOException e) {
      return Finding.bad(
          subject,
          "taken by another program",
          "end that program, or ./microcos up " + option + " NUMBER");
    }
  }

  static Finding data(Path folder) {
    Path there = folder;
    while (!Files.exists(there)) {
      Path parent = there.getParent();
      if (parent == null) {
        break;
      }
      there = parent;
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      return Finding.bad("data", there + " cannot be written", "name another with --data");
    }
    long free = there.toFile().getUsableSpace() >> 20;
    String detail =
        folder
            + (Files.exists(folder) ? "" : ", made at the first start")
            + ", "
            + free
            + " MB free";
    return free < 500
        ? Finding.note("data", detail, "make room, or name another folder with --data")
        : Finding.good("data", detail);
  }

  static Finding cloud(Optional<Running> running) {
    if (running.isEmpty()) {
      return Finding.note("local cloud", "not running", "./microcos up");
    }
    Running cloud = running.get();
    String health = status(URI.create(cloud.url() + "/health"));
    String detail = cloud.url() + ", process " + cloud.pid();
    return health.equals("200")
        ? Finding.good("local cloud", detail)
        : Finding.bad(
            "local cloud", detail + ", /health: " + health, "./microcos stop, then ./microcos up");
  }

  static Finding model(Settings settings) {
    Optional<String> url = settings.get("MICROCOS_MODEL_URL");
    if (url.isEmpty()) {
      return Finding.note(
          "model",
          "the offline model: rules, no language model (MICROCOS_MODEL_URL is not set)",
          "for Ollama: echo MICROCOS_MODEL_URL=http://127.0.0.1:11434/v1 >> .env");
    }
    if (url.get().equals("bedrock")) {
      return Finding.good("model", "Amazon Bedrock, with the AWS credentials of this shell");
    }
    String status = status(URI.create(url.get().replaceAll("/+$", "") + "/models"));
    return status.startsWith("2") || status.startsWith("4")
        ? Finding.good("model", url.get())
        : Finding.bad(
            "model", url.get() + ": " + status, "start that server, or mend MICROCOS_MODEL_URL");
  }

  /** Whether something answers at this URL's {@code /health}. */
  static boolean answers(URI url) {
    return status(URI.create(url + "/health")).matches("\\d+");
  }

  /** The status code of a GET, or why there is none. */
  private static String status(URI url) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).GET().build();
    try {
      return String.valueOf(
          http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return "does not answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static Optional<String> firstLine(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      return COLOUR.matcher(output).replaceAll("").lines().findFirst();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
