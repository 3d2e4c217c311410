package io.okrsync;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.CheckpointFile;
import io.okrsync.audit.CheckpointKey;
import io.okrsync.store.AuditHead;
import io.okrsync.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where checkpoints and the key that signs them are, and how one is made. */
final class Sealing {
  @Option(
      names = "--checkpoints",
      paramLabel = "FILE",
      defaultValue = "${OKRSYNC_CHECKPOINTS}",
      description = {
        "where signed checkpoints are appended; best on another machine or medium",
        "(default: checkpoints.jsonl in --data, or OKRSYNC_CHECKPOINTS)"
      })
  @Nullable Path file;

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      defaultValue = "${OKRSYNC_SIGNING_KEY}",
      description = {
        "the key that signs them; made when it is missing, readable by its owner only",
        "(default: checkpoint.key in --data, or OKRSYNC_SIGNING_KEY)"
      })
  @Nullable Path key;

  /** Whether a file of checkpoints was named. */
  boolean given() {
    return file != null && !file.toString().isBlank();
  }

  CheckpointFile checkpoints(Path data) {
    return new CheckpointFile(orIn(file, data, "checkpoints.jsonl"));
  }

  /**
   * The checkpoints that the ledger is to be held against.
   *
   * @throws IllegalArgumentException where a file was named that is not there: without it, an end
   *     that was cut off would pass for the whole
   */
  CheckpointFile kept(Path data) {
    if (given() && !Files.exists(requireNonNull(file))) {
      throw new IllegalArgumentException(
          "--checkpoints names %s, which does not exist".formatted(file));
    }
    return checkpoints(data);
  }

  CheckpointKey key(Path data) throws IOException {
    return CheckpointKey.in(keyFile(data));
  }

  /**
   * Sees that the key is where it was. One that is gone was moved away, and another one in its
   * place would sign what nobody expects of it.
   *
   * @throws IOException where it is not
   */
  void requireKey(Path data) throws IOException {
    Path file = keyFile(data);
    if (Files.notExists(file)) {
      throw new IOException(
          "%s, which signs checkpoints, is gone; put it back, or start again to have another key made"
              .formatted(file));
    }
  }

  /** What is to be said of the signing key; empty where it is as it should be. */
  Optional<String> warning(Path data) throws IOException {
    Path file = keyFile(data);
    if (Files.notExists(file) || !Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return Optional.empty();
    }
    Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
    return granted.contains(PosixFilePermission.OTHERS_READ)
            || granted.contains(PosixFilePermission.OTHERS_WRITE)
        ? Optional.of(
            "%s is the signing key, and everybody here can use it (%s): chmod 600 keeps it to you."
                .formatted(file, PosixFilePermissions.toString(granted)))
        : Optional.empty();
  }

  /** What is to be said where checkpoints were signed by another key before this one. */
  Optional<String> replaced(Path data) throws IOException {
    String now = key(data).id();
    String before =
        checkpoints(data).read(Set.of()).checkpoints().stream()
            .map(Checkpoint::keyId)
            .filter(it -> !it.equals(now))
            .distinct()
            .collect(joining(" --key "));
    return before.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Not all checkpoints are by this key. Whoever verifies names all: --key %s --key %s"
                .formatted(before, now));
  }

  /** Which key must have signed; empty where there is none yet. */
  Optional<CheckpointKey> existingKey(Path data) throws IOException {
    return Files.exists(keyFile(data)) ? Optional.of(key(data)) : Optional.empty();
  }

  /** Signs where the chain ends now; empty where the last checkpoint says so already. */
  Optional<Checkpoint> seal(Store store, Path data, Supplier<Instant> now) throws IOException {
    AuditHead head =
        store
            .evidence()
            .head()
            .orElseThrow(() -> new IOException("the row of audit_head is missing; run verify"));
    CheckpointFile checkpoints = checkpoints(data);
    boolean known =
        checkpoints.read(Set.of()).checkpoints().stream()
            .anyMatch(it -> it.sequence() == head.sequence() && it.hash().equals(head.hash()));
    if (known || head.sequence() == 0) {
      return Optional.empty();
    }
    CheckpointKey key = key(data);
    String version = Main.Version.text();
    return Optional.of(
        checkpoints.append(
            before -> key.sign(head.sequence(), head.hash(), before, now.get(), version)));
  }

  private Path keyFile(Path data) {
    return orIn(key, data, "checkpoint.key");
  }

  private static Path orIn(@Nullable Path given, Path data, String name) {
    return given == null || given.toString().isBlank() ? data.resolve(name) : given;
  }
}
