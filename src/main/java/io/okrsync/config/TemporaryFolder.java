package io.okrsync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder that is there only as long as it is needed. */
record TemporaryFolder(Path path) implements AutoCloseable {

  /**
   * A folder with these files in it.
   *
   * @throws IOException also when a file would lie outside of it
   */
  static TemporaryFolder holding(Map<String, String> texts) throws IOException {
    TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory("okr-sync"));
    try {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        folder.write(text.getKey(), text.getValue());
      }
      return folder;
    } catch (IOException | RuntimeException failure) {
      folder.close();
      throw failure;
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = path.resolve(name).normalize();
    if (!file.startsWith(path)) {
      throw new IOException("'" + name + "' is no file of a configuration");
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
