package io.okrsync.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of configuration to copy from. What a key result needs is cut out as it is written, so
 * that comments come along; nothing of it is compiled.
 */
public final class CatalogueFolder {
  private static final Pattern KEY_RESULT = Pattern.compile(" {6}- id: (\\S+)");
  private static final Pattern NAMED = Pattern.compile(" {2}(\\w+):.*");
  private static final Pattern FROM = Pattern.compile("\\bfrom: (\\w+)");
  private static final Pattern WORD = Pattern.compile("\\w+");

  /** A key result of the catalogue, in a file such as {@code okrs/sales.yaml}. */
  public record Offer(String id, String title, String file) {}

  /** What has to be copied; each part is text of the file that it is from. */
  public record Copy(
      String keyResult, List<String> definitions, List<String> measures, List<String> sources) {}

  private final Map<String, Offer> offers = new LinkedHashMap<>();
  private final Map<String, String> keyResults = new LinkedHashMap<>();
  private final Map<String, String> definitions;
  private final Map<String, String> measures;
  private final Map<String, String> sources;

  private CatalogueFolder(Path folder) throws IOException {
    String measuresFile = Files.readString(folder.resolve(FolderFiles.MEASURES));
    this.definitions = TextBlocks.below("definitions", measuresFile, NAMED);
    this.measures = TextBlocks.below("measures", measuresFile, NAMED);
    this.sources =
        TextBlocks.below("sources", Files.readString(folder.resolve(FolderFiles.SOURCES)), NAMED);
    try (Stream<Path> files = Files.list(folder.resolve(FolderFiles.OKRS))) {
      for (Path file : files.sorted().toList()) {
        add(FolderFiles.OKRS + "/" + file.getFileName(), Files.readString(file));
      }
    }
  }

  /**
   * @throws IOException when it is not there or cannot be read
   */
  public static CatalogueFolder read(Path folder) throws IOException {
    return new CatalogueFolder(folder);
  }

  private void add(String file, String text) {
    TextBlocks.below("objectives", text, KEY_RESULT)
        .forEach(
            (id, block) -> {
              keyResults.put(id, block);
              offers.put(id, new Offer(id, title(block), file));
            });
  }

  private static String title(String block) {
    return block
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("title: "))
        .map(line -> line.substring("title: ".length()))
        .findFirst()
        .orElse("");
  }

  /** All key results, in the order of the files. */
  public List<Offer> offers() {
    return List.copyOf(offers.values());
  }

  /** Such as {@code did you mean 'win-rate'?}, of a key result that does not exist. */
  public String hint(String id) {
    return Names.hint(id, offers.keySet());
  }

  /** A key result with all that it needs; empty where there is none with this id. */
  public Optional<Copy> copy(String id) {
    return Optional.ofNullable(keyResults.get(id)).map(this::copyOf);
  }

  private Copy copyOf(String keyResult) {
    Set<String> needed = needed(keyResult);
    List<String> cut = blocks(measures, needed);
    Set<String> from = new LinkedHashSet<>();
    cut.forEach(text -> FROM.matcher(text).results().forEach(found -> from.add(found.group(1))));
    return new Copy(keyResult, blocks(definitions, needed), cut, blocks(sources, from));
  }

  /** The definitions and measures that are named, also by what is named. */
  private Set<String> needed(String keyResult) {
    Set<String> needed = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(formula(keyResult));
    while (!open.isEmpty()) {
      String name = open.pop();
      if (definitions.containsKey(name) && needed.add(name)) {
        open.addAll(words(requireNonNull(definitions.get(name))));
      }
      if (measures.containsKey(name) && needed.add(name)) {
        words(requireNonNull(measures.get(name))).stream()
            .filter(definitions::containsKey)
            .forEach(open::add);
      }
    }
    return needed;
  }

  private static Set<String> formula(String keyResult) {
    StringBuilder formula = new StringBuilder();
    keyResult
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("formula: "))
        .forEach(formula::append);
    return words(formula.toString());
  }

  private static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    text.lines()
        .filter(line -> !line.stripLeading().startsWith("#"))
        .forEach(line -> WORD.matcher(line).results().forEach(word -> words.add(word.group())));
    return words;
  }

  private static List<String> blocks(Map<String, String> all, Set<String> names) {
    return all.entrySet().stream()
        .filter(block -> names.contains(block.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
