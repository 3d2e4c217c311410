package io.okrsync.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has most likely done where a text is no YAML, and what to do about it.
 *
 * @param words what the parser says of it
 * @param at where it gave up
 * @param begin where that begins which it was reading; the same where it does not say
 */
record SyntaxMistake(String words, Place at, Place begin) {
  private static final Pattern COLON = Pattern.compile(":(\\s|$)");
  private static final Pattern FOUND_CLOSING =
      Pattern.compile("^expected (<block end>|the node content), but found '[}\\]]'");
  private static final Pattern NO_BEGINNING =
      Pattern.compile(
          "cannot start any token|^mapping keys are not allowed|^expected the node content"
              + "|before directives");
  private static final Pattern NO_BEGINNING_BEFORE =
      Pattern.compile("scanning an (alias|anchor)|^expected (chomping|a comment or a line break)");

  /** Empty where it is none of those that people make often. */
  Optional<Problem> problem() {
    return tab().or(this::key).or(this::quotes).or(this::brackets).or(this::beginning);
  }

  private Optional<Problem> tab() {
    if (line(at).substring(0, indent(at)).contains("\t")) {
      return said(at, "a tab cannot indent YAML; use spaces", null);
    }
    return words.contains("(TAB)")
        ? said(at, "a tab cannot stand here; use spaces", null)
        : Optional.empty();
  }

  private Optional<Problem> key() {
    if (words.startsWith("could not find expected ':'") && !isQuote(character(begin))) {
      return noColon(begin);
    }
    if (words.startsWith("sequence entries are not allowed")) {
      return said(
          at,
          "a list cannot begin in the line of its key",
          "write its items in the lines below, or in [ ]; a text that begins with '- ' needs"
              + " quotes");
    }
    return words.startsWith("mapping values are not allowed") ? colon() : Optional.empty();
  }

  private Optional<Problem> quotes() {
    if (words.startsWith("could not find expected ':'")
        || words.contains("end of stream, while scanning a quoted scalar")) {
      return said(
          begin, "the quote that opens here is never closed", "close it where the text ends");
    }
    return words.contains("escape")
        ? said(
            at,
            "a \\ within \"…\" and the character after it stand for another one",
            "put the text into '…', or write each \\ twice")
        : Optional.empty();
  }

  private Optional<Problem> brackets() {
    if (words.contains("while parsing a flow mapping")) {
      return notClosed(
          "{",
          "}",
          "in { } an expression with ': ' or a comma in it needs quotes, such as at:"
              + " \"max(wonAt, createdAt)\"");
    }
    if (words.contains("while parsing a flow sequence")) {
      return notClosed("[", "]", "in [ ] a text with ': ' or a comma in it needs quotes");
    }
    return FOUND_CLOSING.matcher(words).find()
        ? said(
            at,
            "this %s closes nothing".formatted(character(at)),
            "take it away, or open it before")
        : Optional.empty();
  }

  private Optional<Problem> beginning() {
    if (NO_BEGINNING_BEFORE.matcher(words).find()) {
      return noBeginning(begin);
    }
    boolean none = NO_BEGINNING.matcher(words).find();
    if (none && !isQuote(lastBefore(at))) {
      return noBeginning(at);
    }
    return none || words.startsWith("expected <block end>") ? besides() : Optional.empty();
  }

  /** A key that goes on in the next line, or has no space after its colon. */
  private static Optional<Problem> noColon(Place place) {
    return said(
        place,
        "a colon and a space are missing in this line",
        "write them after the key, such as every: 15m; further lines of a text stand further in"
            + " than its key");
  }

  /** One in a text, or in a line that the line above takes for its own. */
  private Optional<Problem> colon() {
    if (COLON.matcher(before(at)).find()) {
      return said(
          at,
          "a colon with a space after it cannot stand in a text without quotes",
          "write such as title: \"Sales: win more\"");
    }
    for (int number = at.line() - 1; number > 0; number--) {
      String above = at.file().line(number);
      if (!above.isBlank() && !above.stripLeading().startsWith("#")) {
        Place key = at.at(number, 1);
        return COLON.matcher(above).find()
            ? said(
                at.at(at.line(), indent(at) + 1),
                "is indented further than it may be",
                "keys of one mapping begin in the same column; a text with ': ' in it needs quotes")
            : noColon(key.at(number, indent(key) + 1));
      }
    }
    return Optional.empty();
  }

  /** Where the text goes on as far out as it began, the end is missing and not a comma. */
  private Optional<Problem> notClosed(String open, String close, String quotes) {
    if (isReference()) {
      return reference();
    }
    if (words.contains("<stream end>") || at.line() > begin.line() && indent(at) <= indent(begin)) {
      return said(
          begin,
          "the %s that opens here is never closed".formatted(open),
          "write %s where it ends".formatted(close));
    }
    boolean closes = words.contains("got }") || words.contains("got ]");
    return said(
        at,
        "a comma or %s is expected here".formatted(close),
        closes
            ? "it belongs to the %s of line %d, column %d"
                .formatted(open, begin.line(), begin.column())
            : quotes);
  }

  /** Something after a value that has ended, or a line that belongs to nothing above it. */
  private Optional<Problem> besides() {
    if (before(at).isBlank()) {
      return said(
          at,
          "is indented otherwise than the lines before it",
          "keys of one mapping begin in the same column, and what belongs to a key stands further"
              + " in");
    }
    if (isQuote(lastBefore(at))) {
      return said(
          at,
          "the text before this has ended with its quote",
          "a value with quotes in it stands in quotes of the other kind as a whole; or a quote is"
              + " missing, here or in a line above");
    }
    return isReference()
        ? reference()
        : said(at, "does not belong to the value before it", "put the whole value into quotes");
  }

  private static Optional<Problem> noBeginning(Place place) {
    String character = character(place);
    return said(
        place,
        "a text without quotes cannot begin with " + character,
        "a text that begins with this character needs quotes, such as \"%s…\""
            .formatted(character));
  }

  private boolean isReference() {
    return line(at).contains("{{");
  }

  private Optional<Problem> reference() {
    return said(
        at, "cannot be read as YAML from here", "a reference needs quotes: \"{{env:NAME}}\"");
  }

  private static Optional<Problem> said(Place place, String message, @Nullable String hint) {
    return Optional.of(place.problem(message, hint));
  }

  private static boolean isQuote(String character) {
    return character.equals("\"") || character.equals("'");
  }

  private static String line(Place place) {
    return place.file().line(place.line());
  }

  private static int indent(Place place) {
    return line(place).length() - line(place).stripLeading().length();
  }

  private static String before(Place place) {
    String line = line(place);
    return line.substring(0, Math.min(line.length(), place.column() - 1));
  }

  /** Empty at the beginning of a line. */
  private static String lastBefore(Place place) {
    String before = before(place).stripTrailing();
    return before.isEmpty() ? "" : before.substring(before.length() - 1);
  }

  private static String character(Place place) {
    String line = line(place);
    return place.column() > line.length() ? "" : line.substring(place.column() - 1, place.column());
  }
}
