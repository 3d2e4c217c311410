package io.okrsync.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of a configuration folder:
 *
 * <pre>
 * config/
 *   sources.yaml
 *   measures.yaml
 *   lint.yaml         may be missing
 *   okrs/2026-q4.yaml ...
 *   tests/            cases; read by {@link TestCases} alone
 *   schemas/          for editors; not read
 * </pre>
 *
 * <p>A file that looks as if it should be read but is not, such as {@code okrs/q4.yml}, is a
 * problem: what somebody wrote must not be ignored in silence.
 */
final class FolderFiles {
  static final String SOURCES = "sources.yaml";
  static final String MEASURES = "measures.yaml";
  static final String LINT = "lint.yaml";
  static final String OKRS = "okrs";

  private static final int MOST_BYTES = 1024 * 1024;

  private final Path folder;

  FolderFiles(Path folder) {
    this.folder = folder;
  }

  boolean exists() {
    return Files.isDirectory(folder);
  }

  boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  /** The folder or a file in it as a place for a problem with the whole of it. */
  Place place(String name) {
    return Place.of(file(name, ""));
  }

  /** The names of the files of {@code okrs/}, sorted. */
  List<String> okrs() throws IOException {
    return names(OKRS).stream()
        .filter(name -> name.endsWith(".yaml"))
        .map(name -> OKRS + "/" + name)
        .toList();
  }

  /** Files that look like configuration and are not read. */
  List<String> strangers() throws IOException {
    List<String> strangers = new ArrayList<>();
    names("").stream()
        .filter(name -> name.matches(".*\\.ya?ml"))
        .filter(name -> !List.of(SOURCES, MEASURES, LINT).contains(name))
        .forEach(strangers::add);
    names(OKRS).stream()
        .filter(name -> name.endsWith(".yml"))
        .forEach(name -> strangers.add(OKRS + "/" + name));
    return strangers;
  }

  /** Reads one file; what cannot be read is reported. */
  Optional<ConfigurationFile> read(String name, Problems problems) {
    TextFile read = TextFile.read(folder.resolve(name), MOST_BYTES);
    if (read instanceof TextFile.Unreadable unreadable) {
      problems.add(place(name), unreadable.why());
    }
    return read instanceof TextFile.Text text
        ? Optional.of(file(name, text.text()))
        : Optional.empty();
  }

  /**
   * Changes whenever a file comes, goes or is written; cheap enough to ask every two seconds.
   *
   * @param others files elsewhere that count too
   */
  String fingerprint(Set<Path> others) {
    try {
      StringBuilder print = new StringBuilder();
      for (String name : names("")) {
        stamp(name, print);
      }
      for (String name : names(OKRS)) {
        stamp(OKRS + "/" + name, print);
      }
      for (Path other : new TreeSet<>(others)) {
        print.append(other).append(' ').append(stamp(other)).append('\n');
      }
      return print.toString();
    } catch (IOException e) {
      return "unreadable: " + e.getMessage();
    }
  }

  /** SHA-256 over each name and text, in the order of the names. */
  static String digest(Map<String, String> texts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      new TreeMap<>(texts)
          .forEach(
              (name, text) -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                sha.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                sha.update(bytes);
              });
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void stamp(String name, StringBuilder print) throws IOException {
    Path file = folder.resolve(name);
    if (name.matches(".*\\.ya?ml") && Files.isRegularFile(file)) {
      print.append(name).append(' ').append(stamp(file)).append('\n');
    }
  }

  private static String stamp(Path file) throws IOException {
    return Files.exists(file)
        ? Files.size(file) + " " + Files.getLastModifiedTime(file)
        : "does not exist";
  }

  private List<String> names(String within) throws IOException {
    Path place = folder.resolve(within);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private ConfigurationFile file(String name, String text) {
    String shown = folder.resolve(name).toString().replace('\\', '/');
    return new ConfigurationFile(name, shown, text, !name.equals(SOURCES));
  }
}
