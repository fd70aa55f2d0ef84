package dev.microcos.local.services.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself, in machine code. Its driver unpacks it into the temporary folder at every start,
 * compares the copy byte by byte, and after a {@code kill -9} leaves it there, unless the system
 * property {@code org.sqlite.lib.path} names a folder that has it.
 */
public final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Unpacks it into a folder, which is made.
   *
   * @return whether the driver has one for this machine
   */
  public static boolean unpack(Path folder) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (packed == null) {
        return false;
      }
      Files.createDirectories(folder);
      Files.write(folder.resolve(name), packed.readAllBytes());
      return true;
    }
  }
}
