package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okrsync.audit.Action;
import io.okrsync.audit.AuditEntry;
import io.okrsync.okr.Counted;
import io.okrsync.okr.PersonName;
import io.okrsync.store.Store;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The file that an export writes: it is there as a whole, or it is as it was. */
final class ExportTarget {
  @Option(names = "--to", required = true, paramLabel = "FILE", description = "the file")
  Path to = Path.of("export");

  @Option(
      names = "--by",
      paramLabel = "PERSON",
      defaultValue = "${sys:user.name}",
      description = "who takes it, for the log (default: ${DEFAULT-VALUE})")
  String by = "";

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** Writes bytes, and says in a text how much that was. */
  interface Content<T> {
    T write(OutputStream out) throws IOException;
  }

  String name() {
    return to.getFileName().toString();
  }

  /**
   * Writes it, and the entry that tells who took what.
   *
   * @param what is exported, such as {@code population 3}
   */
  <T> T write(Store store, String what, Content<T> content) throws IOException {
    String person = Typed.read(spec, () -> PersonName.of(by, "takes it"));
    if (to.toString().isBlank() || (Files.exists(to) && !Files.isRegularFile(to))) {
      throw new ParameterException(spec.commandLine(), "--to must name a file: '%s'".formatted(to));
    }
    Path half = half();
    try {
      MessageDigest sha = PackFile.sha256();
      T written;
      try (OutputStream out =
          new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(half)), sha)) {
        written = content.write(out);
      }
      String detail =
          "%s: %s, %d bytes, SHA-256 %s"
              .formatted(name(), written, Files.size(half), HexFormat.of().formatHex(sha.digest()));
      release(
          store,
          new AuditEntry(Main.clock().instant(), person, Action.EXPORT_WRITTEN, what, detail),
          half);
      return written;
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** Beside the file, so that it takes its place in one step. */
  private Path half() {
    Path folder = to.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      return Files.createTempFile(folder, ".export", "");
    } catch (IOException | SecurityException failure) {
      throw new ParameterException(
          spec.commandLine(), "--to: nothing can be written to %s".formatted(folder), failure);
    }
  }

  /** Who may only read can read all without us; that no entry tells of it is said. */
  private void release(Store store, AuditEntry entry, Path half) throws IOException {
    try {
      if (!store.exported(entry, () -> move(half))) {
        move(half);
        spec.commandLine()
            .getErr()
            .println("The log does not tell of this export: this database may only be read.");
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private void move(Path half) {
    try {
      Files.move(half, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Writes CSV. */
  void csv(Store store, String what, Consumer<SafeCsv> content) throws IOException {
    write(
        store,
        what,
        bytes -> {
          PrintWriter out = new PrintWriter(new OutputStreamWriter(bytes, UTF_8));
          SafeCsv csv = new SafeCsv(out);
          content.accept(csv);
          out.flush();
          if (out.checkError()) {
            throw new IOException(to + " could not be written");
          }
          return Counted.of(csv.lines(), "lines");
        });
  }
}
