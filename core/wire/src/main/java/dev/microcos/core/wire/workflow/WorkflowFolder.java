package dev.microcos.core.wire.workflow;

import dev.microcos.core.wire.tool.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The workflows of a folder, as they are at the moment: a change of a file is seen with the next
 * look. A broken change is told and the last good state stays.
 */
public final class WorkflowFolder {
  private static final int DEPTH = 3;

  private final Path folder;
  private final Tools tools;
  private SortedMap<String, WorkflowDefinition> good;
  private String seen;
  private Optional<BrokenWorkflowException> broken = Optional.empty();

  /**
   * Opens a folder.
   *
   * @throws BrokenWorkflowException with all faults; at the beginning there is no good state to
   *     keep
   */
  public WorkflowFolder(Path folder, Tools tools) throws BrokenWorkflowException {
    this.folder = folder;
    this.tools = tools;
    this.seen = fingerprint();
    this.good = WorkflowReader.read(folder, tools);
  }

  /** All workflows by name: the folder's, or the last good ones. */
  public synchronized Map<String, WorkflowDefinition> all() {
    String present = fingerprint();
    if (!present.equals(seen)) {
      seen = present;
      try {
        good = WorkflowReader.read(folder, tools);
        broken = Optional.empty();
      } catch (BrokenWorkflowException e) {
        broken = Optional.of(e);
      }
    }
    return good;
  }

  /** Why the last change was not taken, if it was not. */
  public synchronized Optional<BrokenWorkflowException> broken() {
    Map<String, WorkflowDefinition> _ = all();
    return broken;
  }

  /** Names, sizes and times of all files. */
  private String fingerprint() {
    StringBuilder print = new StringBuilder();
    try (Stream<Path> files =
        Files.find(
            folder, DEPTH, (path, what) -> what.isRegularFile(), FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.sorted().toList()) {
        BasicFileAttributes what = Files.readAttributes(file, BasicFileAttributes.class);
        print
            .append(file)
            .append(' ')
            .append(what.size())
            .append(' ')
            .append(what.lastModifiedTime().toMillis())
            .append('\n');
      }
    } catch (IOException | UncheckedIOException e) {
      print.append("unreadable");
    }
    return print.toString();
  }
}
