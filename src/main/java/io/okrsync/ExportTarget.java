package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The file that an export writes: it is there as a whole, or it is as it was. */
final class ExportTarget {
  @Option(names = "--to", required = true, paramLabel = "FILE", description = "the file")
  Path to = Path.of("export");

  /** Writes bytes. */
  interface Content<T> {
    T write(OutputStream out) throws IOException;
  }

  String name() {
    return to.getFileName().toString();
  }

  <T> T write(Content<T> content) throws IOException {
    Path folder = to.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path half = Files.createTempFile(folder, ".export", "");
    try {
      T written;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(half))) {
        written = content.write(out);
      }
      Files.move(half, to, StandardCopyOption.REPLACE_EXISTING);
      return written;
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /** Writes CSV. */
  void csv(Consumer<SafeCsv> lines) throws IOException {
    write(
        bytes -> {
          PrintWriter out = new PrintWriter(new OutputStreamWriter(bytes, UTF_8));
          lines.accept(new SafeCsv(out));
          out.flush();
          if (out.checkError()) {
            throw new IOException(to + " could not be written");
          }
          return to;
        });
  }
}
