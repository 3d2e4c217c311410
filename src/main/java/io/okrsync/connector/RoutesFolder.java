package io.okrsync.connector;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder of connector files, looked at again and again. */
final class RoutesFolder {
  private final Path folder;

  RoutesFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What one look found.
   *
   * @param texts the connector files with their texts
   * @param problems files that cannot be one, for their name or because they cannot be read
   */
  record Look(Map<Path, String> texts, List<ConnectorProblem> problems) {}

  /**
   * Reads all files.
   *
   * @param before the texts of the last look; a file that cannot be read just now counts as it was
   */
  Look look(Map<Path, String> before) {
    Look look = new Look(new TreeMap<>(), new ArrayList<>());
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(RoutesFolder::isYaml).sorted().forEach(file -> read(file, before, look));
    } catch (NoSuchFileException | NotDirectoryException e) {
      look.problems().add(problem(folder, "there is no such folder; name another with --routes"));
      look.texts().putAll(before);
    } catch (IOException e) {
      look.problems().add(problem(folder, "cannot be listed; make it a folder this user may read"));
      look.texts().putAll(before);
    }
    return look;
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private static void read(Path file, Map<Path, String> before, Look look) {
    String name = file.getFileName().toString();
    if (name.endsWith("-source.kamelet.yaml") || name.endsWith("-sink.kamelet.yaml")) {
      return;
    }
    if (!name.endsWith(ConnectorFile.ENDING)) {
      look.problems().add(problem(file, "must be called <system>-<what>" + ConnectorFile.ENDING));
      return;
    }
    try {
      look.texts().put(file, Files.readString(file));
      return;
    } catch (CharacterCodingException e) {
      look.problems().add(problem(file, "is not UTF-8; save it as UTF-8"));
    } catch (IOException e) {
      look.problems().add(problem(file, "cannot be read; let this user read it"));
    }
    String text = before.get(file);
    if (text != null) {
      look.texts().put(file, text);
    }
  }

  /** What a source would call it, also where the file is not called as it should be. */
  static String nameOf(Path file) {
    return file.getFileName().toString().replaceFirst("(-action)?(\\.kamelet)?\\.ya?ml$", "");
  }

  static ConnectorProblem problem(Path file, String message) {
    return new ConnectorProblem(file, 0, 0, message);
  }
}
