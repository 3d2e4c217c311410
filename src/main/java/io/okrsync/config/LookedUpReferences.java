package io.okrsync.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks references up in the environment and in files. Problems name the variable or the file,
 * never its content. A variable that is set to nothing counts as not set.
 *
 * @param folder what the path of a file is relative to
 * @param environment the value of a variable; null where it is not set
 * @param reading told of each file that is looked into, also of one that is not there
 */
record LookedUpReferences(
    Path folder, UnaryOperator<@Nullable String> environment, Consumer<Path> reading)
    implements References {
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{([^{}]*)\\}\\}");
  private static final String HOW = "write {{env:NAME}}, {{env:NAME:default}} or {{file:PATH}}";
  private static final int MOST_BYTES = 64 * 1024;

  @Override
  public Optional<String> resolve(Node.Scalar scalar, Problems problems) {
    int before = problems.count();
    StringBuilder resolved = new StringBuilder();
    Matcher references = REFERENCE.matcher(scalar.text());
    int end = 0;
    while (references.find()) {
      resolved.append(scalar.text(), end, references.start());
      Place place = scalar.inside(1, references.start() + 1);
      resolved.append(lookUp(references.group(1), place, problems));
      end = references.end();
    }
    String rest = scalar.text().substring(end);
    if (rest.contains("{{")) {
      problems.add(scalar.place(), "has a reference that does not end", HOW);
    }
    String text = resolved.append(rest).toString();
    return problems.count() == before ? Optional.of(text) : Optional.empty();
  }

  /** The value; nothing where there is none, which is reported. */
  private String lookUp(String reference, Place place, Problems problems) {
    String[] parts = reference.split(":", 3);
    if (parts[0].equals("env") && parts.length > 1 && !parts[1].isBlank()) {
      return variable(parts[1].strip(), parts.length == 3 ? parts[2] : null, place, problems);
    }
    if (parts[0].equals("file") && parts.length > 1) {
      return file(reference.substring("file:".length()).strip(), place, problems);
    }
    problems.add(
        place, "unknown reference {{" + parts[0] + (parts.length > 1 ? ":…" : "") + "}}", HOW);
    return "";
  }

  private String variable(String name, @Nullable String otherwise, Place place, Problems problems) {
    String value = environment.apply(name);
    if (value != null && !value.isBlank()) {
      return value;
    }
    if (otherwise == null) {
      problems.add(
          place, "the environment variable " + name + " is not set", "set it before the start");
      return "";
    }
    return otherwise;
  }

  private String file(String name, Place place, Problems problems) {
    try {
      Path file = folder.resolve(name);
      reading.accept(file);
      TextFile read = TextFile.read(file, MOST_BYTES);
      if (read instanceof TextFile.Text text && !text.text().isBlank()) {
        return text.text().strip();
      }
      String why = read instanceof TextFile.Unreadable unreadable ? unreadable.why() : "is empty";
      problems.add(place, "the file " + name + " " + why);
    } catch (InvalidPathException e) {
      problems.add(place, "'" + name + "' is not the name of a file");
    }
    return "";
  }
}
