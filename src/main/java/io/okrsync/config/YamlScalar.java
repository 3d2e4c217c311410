package io.okrsync.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A text as it is written into a file of the configuration. */
public final class YamlScalar {
  /** Begins with a letter and holds nothing that would mean something to YAML. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][\\w .()*/+<>=-]*[\\w)]|[A-Za-z]");

  private static final Set<String> OTHERWISE =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private YamlScalar() {}

  /** Without quotes where that means the same. */
  public static String of(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !OTHERWISE.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : '"' + quoted(text) + '"';
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
