package io.okrsync.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the H2 file is there and has room to grow. Where H2 finds no room for what it commits, it
 * closes its file under everybody who uses it; so records are refused while there is still enough
 * for what people enter and for saying how runs ended, and everything while there is still enough
 * for what is being written.
 */
final class Disk {
  private static final int MB = 1 << 20;

  /** More than the largest page of a source comes to. */
  private static final long FOR_RECORDS = 64L * MB;

  private static final long FOR_ANYTHING = 16L * MB;

  private final @Nullable Path file;
  private final @Nullable Object identity;

  /**
   * To be made when the file has been opened; a server sees to its own disk, and to its own files.
   */
  Disk(StoreSettings settings) {
    this.file = settings.file();
    this.identity = identity(file);
  }

  /**
   * To be called before anything is written.
   *
   * @throws StoreUnavailable where there is too little room, or the file is not there
   */
  void requireForAnything() {
    require(FOR_ANYTHING);
  }

  /** To be called before many rows are written; it throws the same. */
  void requireForRecords() {
    require(FOR_RECORDS);
  }

  private void require(long needed) {
    Optional<String> problem = problem(needed);
    if (problem.isPresent()) {
      throw new StoreUnavailable(problem.get(), null);
    }
  }

  /** What keeps records from being stored, and what to do; empty where nothing does. */
  Optional<String> problem() {
    return problem(FOR_RECORDS);
  }

  private Optional<String> problem(long needed) {
    if (file == null) {
      return Optional.empty();
    }
    if (identity != null && !identity.equals(identity(file))) {
      return Optional.of(
          "%s is not the file any more that was opened: it was removed, or another one put there, and what is stored now would be lost; put it back, or stop OKR Sync."
              .formatted(file));
    }
    long left = file.toFile().getUsableSpace();
    return left >= needed || tellsNothing(file)
        ? Optional.empty()
        : Optional.of(
            "The disk of %s has %d MB left, too little to store %s: make room, %d MB or more.%s"
                .formatted(
                    file,
                    left / MB,
                    left < FOR_ANYTHING ? "anything" : "records",
                    FOR_RECORDS / MB,
                    Complaint.KEPT));
  }

  /** As some file systems do that are mounted over a net. */
  private static boolean tellsNothing(Path file) {
    return file.toFile().getTotalSpace() == 0;
  }

  /** Null where it is not there, or nothing tells. */
  private static @Nullable Object identity(@Nullable Path file) {
    try {
      return file == null ? null : Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException gone) {
      return null;
    }
  }
}
