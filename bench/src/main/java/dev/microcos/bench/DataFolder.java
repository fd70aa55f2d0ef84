package dev.microcos.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is gone when it is closed.
 *
 * @param path where it is
 */
record DataFolder(Path path) implements AutoCloseable {

  /** A new folder within another. */
  static DataFolder in(Path folder, String prefix) throws IOException {
    return new DataFolder(Files.createTempDirectory(folder, prefix));
  }

  /** A new folder where the system keeps such. */
  static DataFolder temporary(String prefix) throws IOException {
    return new DataFolder(Files.createTempDirectory(prefix));
  }

  /** The bytes of its files, a moment ago: a server may be at work in it. */
  long size() throws IOException {
    Sum sum = new Sum();
    Files.walkFileTree(path, sum);
    return sum.bytes;
  }

  private static class Unimpressed extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Sum extends Unimpressed {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }
  }

  private static final class Deletion extends Unimpressed {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public void close() throws IOException {
    Files.walkFileTree(path, new Deletion());
  }
}
