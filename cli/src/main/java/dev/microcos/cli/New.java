package dev.microcos.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the folder of a new workflow, with a small one in it that works. */
@Command(name = "new", description = "make a workflow's folder, with a working example in it")
final class New implements Callable<Integer> {
  private static final List<String> FILES = List.of("workflow.json", "definition.asl.json");

  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "NAME", description = "small letters, digits and dashes")
  private String name = "";

  @Override
  public Integer call() {
    if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
      throw Failure.wrongUse(
          "a workflow's name is of small letters, digits and dashes, 40 at most",
          "try ./microcos new " + suggestion());
    }
    Path all = Settings.home().resolve("statemachines");
    Path folder = all.resolve(name);
    if (Files.exists(folder)) {
      throw Failure.failed(
          folder + " is there already", "choose another name, or change what is in it");
    }
    try {
      Files.createDirectories(all);
      // A local cloud that looks at the workflows sees it whole or not at all.
      Path made = Files.createDirectories(Settings.home().resolve(".new-" + name));
      for (String file : FILES) {
        Files.writeString(made.resolve(file), template(file));
      }
      Files.move(made, folder);
    } catch (IOException e) {
      throw Failure.failed(
          "cannot make " + folder + ": " + e.getMessage(), "make its folder writable");
    }
    tell(folder);
    return 0;
  }

  private void tell(Path folder) {
    if (common.json()) {
      Out.line(Json.line(Json.object().put("name", name).put("folder", folder.toString())));
      return;
    }
    Out.line("made " + folder);
    Out.line("  workflow.json         what it is called and what it takes");
    Out.line("  definition.asl.json   its steps, in Amazon States Language");
    Out.line("  run it                ./microcos run " + name + " name=Ana --watch");
  }

  private String suggestion() {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = plain.replaceAll("^[^a-z]+|-+$", "");
    return trimmed.isEmpty() ? "my-workflow" : trimmed.substring(0, Math.min(40, trimmed.length()));
  }

  private static String template(String file) {
    try (InputStream in = New.class.getResourceAsStream("workflow/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not packed");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
