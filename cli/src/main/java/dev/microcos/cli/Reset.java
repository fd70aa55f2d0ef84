package dev.microcos.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes all data of the local cloud. */
@Command(name = "reset", description = "delete all data of the local cloud, of everybody in it")
final class Reset implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    common.needLocal("reset");
    DataFolder folder = common.dataFolder();
    if (folder.running().isPresent()) {
      throw Failure.failed("the local cloud is running on " + folder.path(), "./microcos stop");
    }
    if (!Files.exists(folder.path())) {
      tell("empty", "nothing to delete: " + folder.path() + " is not there");
      return 0;
    }
    if (!folder.isOurs()) {
      throw Failure.wrongUse(
          folder.path() + " does not look like a data folder of Micro CoS", "check --data");
    }
    if (!yes && !confirmed(folder.path())) {
      tell("kept", "nothing was deleted");
      return Failure.FAILED;
    }
    delete(folder.path());
    tell("deleted", "deleted " + folder.path());
    return 0;
  }

  private static boolean confirmed(Path folder) {
    if (!Out.isTerminal()) {
      throw Failure.wrongUse("reset asks first, and nobody is there to answer", "add --yes");
    }
    Console console = Objects.requireNonNull(System.console());
    String answer = console.readLine("Delete everything in %s? [y/N] ", folder);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  /** Deletes a folder and all that is in it. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes what) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void tell(String status, String text) {
    Out.line(common.json() ? Json.line(Json.object().put("status", status)) : text);
  }
}
