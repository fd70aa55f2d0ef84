package dev.microcos.local.services.apigateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the front finds files: by the request's decoded path, {@code /} being {@code /index.html}.
 */
@FunctionalInterface
public interface StaticFiles {

  /** The file, or nothing if there is none; a path that leads outside finds nothing. */
  Optional<StaticFile> find(String path);

  /** No files at all. */
  static StaticFiles none() {
    return path -> Optional.empty();
  }

  /** These files and no others. */
  static StaticFiles of(Map<String, byte[]> contents) {
    Map<String, StaticFile> files = new ConcurrentHashMap<>();
    contents.forEach((path, content) -> files.put(path, StaticFile.of(path, content)));
    return path -> Optional.ofNullable(files.get(path));
  }

  /** The files below a folder of the classpath, such as {@code web}; each is read once. */
  static StaticFiles classpath(ClassLoader loader, String folder) {
    Map<String, StaticFile> known = new ConcurrentHashMap<>();
    return path -> {
      if (!isPlain(path)) {
        return Optional.empty();
      }
      StaticFile file = known.get(path);
      if (file == null) {
        Optional<StaticFile> read = read(loader, folder, path);
        read.ifPresent(found -> known.put(path, found));
        return read;
      }
      return Optional.of(file);
    };
  }

  /** The files below a folder of the disk, read each time, for those who change them. */
  static StaticFiles folder(Path root) {
    Path base = root.toAbsolutePath().normalize();
    return path -> {
      if (!isPlain(path)) {
        return Optional.empty();
      }
      Path file = base.resolve(path.substring(1)).normalize();
      try {
        return file.startsWith(base) && Files.isRegularFile(file)
            ? Optional.of(StaticFile.of(path, Files.readAllBytes(file)))
            : Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** First these, then the others. */
  default StaticFiles or(StaticFiles others) {
    return path -> find(path).or(() -> others.find(path));
  }

  private static Optional<StaticFile> read(ClassLoader loader, String folder, String path) {
    try (InputStream in = loader.getResourceAsStream(folder + path)) {
      return in == null ? Optional.empty() : Optional.of(StaticFile.of(path, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A path of ordinary names with an extension: no dots to climb by, no backslash, nothing hidden.
   */
  private static boolean isPlain(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1
        && !path.contains("..")
        && !path.contains("//")
        && !path.contains("/.")
        && path.indexOf('\\') < 0
        && path.indexOf(':') < 0
        && path.indexOf('\0') < 0;
  }
}
