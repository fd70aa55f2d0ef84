package dev.microcos.local.services.kms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys, each in a file of the folder. */
final class MasterKeys {

  private static final int BYTES = 32;

  private final Path folder;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentHashMap<String, SecretKey> loaded = new ConcurrentHashMap<>();

  MasterKeys(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the key, unless it is there. */
  synchronized void ensure(String id) {
    Path file = file(id);
    if (Files.exists(file)) {
      return;
    }
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    try {
      Path partial = Files.createTempFile(folder, id, ".new", ownerOnly());
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        int _ = channel.write(ByteBuffer.wrap(key));
        channel.force(true);
      }
      Path _ = Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(folder)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  boolean has(String id) {
    return loaded.containsKey(id) || (isLegal(id) && Files.exists(file(id)));
  }

  /** A legal id names a file in the folder and nothing outside of it. */
  static boolean isLegal(String id) {
    return id.matches("[A-Za-z0-9][A-Za-z0-9-]{0,127}");
  }

  SecretKey key(String id) {
    return loaded.computeIfAbsent(
        id,
        missing -> {
          try {
            return new SecretKeySpec(Files.readAllBytes(file(id)), "AES");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Path file(String id) {
    return folder.resolve(id + ".key");
  }
}
