package io.okrsync.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The folder of the H2 file, which holds what only the owner may read. */
final class DataFolder {
  private final Path folder;
  private final Path file;
  private final boolean posix;

  DataFolder(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
    this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Makes what is missing, readable by the owner only, and sees whether it can be written to. */
  void prepare() {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new StoreUnavailable(
          "The data folder %s is a file; name a folder.".formatted(folder), null);
    }
    make();
    try {
      Files.delete(Files.createTempFile(folder, "okr-sync", ".probe"));
      makeFile();
    } catch (IOException refused) {
      throw unwritable(folder, refused);
    }
    if (!Files.isWritable(file)) {
      throw unwritable(file, null);
    }
  }

  private void make() {
    try {
      if (posix) {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
      } else {
        Files.createDirectories(folder);
      }
    } catch (IOException refused) {
      throw new StoreUnavailable(
          "The data folder %s cannot be made; make it yourself, or name another one."
              .formatted(folder),
          refused);
    }
  }

  /** H2 takes an empty file for a new database. */
  private void makeFile() throws IOException {
    if (posix && Files.notExists(file)) {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
    }
  }

  private static StoreUnavailable unwritable(Path what, @Nullable IOException why) {
    return new StoreUnavailable(
        "%s cannot be written to; let the user who runs OKR Sync write there, or name another data folder."
            .formatted(what),
        why);
  }
}
