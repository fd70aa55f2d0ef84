package dev.microcos.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this repository, as the rules see them. */
final class Repository {
  private static final Set<String> MADE = Set.of("target", "node_modules", "dist", "cdk.out");

  /** The folder of the parent build. */
  static final Path ROOT = root();

  private Repository() {}

  /** Every Java file, committed or not yet. */
  static List<Path> javaFiles() {
    List<Path> files = new ArrayList<>();
    collect(ROOT, files);
    return files;
  }

  /** Every committed file; where there is no git (a source archive), none. */
  static List<Path> committedFiles() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "ls-files", "-z")
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] names = git.getInputStream().readAllBytes();
    if (git.waitFor() != 0) {
      return List.of();
    }
    return Arrays.stream(new String(names, StandardCharsets.UTF_8).split("\0"))
        .filter(name -> !name.isEmpty())
        .map(ROOT::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }

  /** The path of a file as a person in the repository's folder would write it. */
  static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  private static void collect(Path folder, List<Path> files) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
          if (!MADE.contains(name) && !name.startsWith(".")) {
            collect(entry, files);
          }
        } else if (name.endsWith(".java")) {
          files.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("rules"))
        || !Files.isDirectory(folder.resolve("core"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("run this inside the repository");
      }
      folder = parent;
    }
    return folder;
  }
}
