package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the files of one source are written.
 *
 * @param path the file or folder; null where an answer is read
 * @param columns which column holds which field; null means that columns are called like fields
 * @param dates how dates are written; null means as ISO has it
 */
record CsvFormat(
    @Nullable Path path,
    @Nullable JsonNode columns,
    char separator,
    Charset charset,
    boolean decimalComma,
    @Nullable DateTimeFormatter dates) {

  static CsvFormat of(Map<String, String> options, PageCall call) {
    try {
      String dates = options.get("dateFormat");
      return new CsvFormat(
          options.containsKey("path") ? path(options.getOrDefault("path", ""), call) : null,
          columns(options.get("columns"), call),
          separator(options.getOrDefault("separator", "comma"), call),
          charset(options.getOrDefault("charset", "UTF-8"), call),
          options.getOrDefault("decimal", "point").equals("comma"),
          dates == null ? null : DateTimeFormatter.ofPattern(dates));
    } catch (IllegalArgumentException e) {
      throw wrong("dateFormat", "is not a pattern such as dd/MM/yyyy", call);
    }
  }

  private static Path path(String path, PageCall call) {
    try {
      if (!path.isBlank()) {
        return Path.of(path);
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw wrong("path", "must name a file or a folder", call);
  }

  private static @Nullable JsonNode columns(@Nullable String columns, PageCall call) {
    JsonNode read = columns == null ? null : Json.readOrNull(columns);
    if (columns != null && (read == null || !read.isObject())) {
      throw wrong("columns", "must be an object: field: column", call);
    }
    return read == null || read.isEmpty() ? null : read;
  }

  private static char separator(String separator, PageCall call) {
    return switch (separator) {
      case "comma", "," -> ',';
      case "semicolon", ";" -> ';';
      case "tab" -> '\t';
      case "bar", "|" -> '|';
      default -> throw wrong("separator", "must be comma, semicolon, tab or bar", call);
    };
  }

  /** Rows are told apart by bytes, so a line break must be one byte. */
  private static Charset charset(String name, PageCall call) {
    try {
      Charset charset = Charset.forName(name);
      if (charset.canEncode() && "\n\"".getBytes(charset).length == 2) {
        return charset;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw wrong("charset", "must be UTF-8, windows-1252 or another one of single bytes", call);
  }

  static SourceFailure wrong(String setting, String what, PageCall call) {
    return call.failure(
        ASK_ADMIN, "cannot be read: setting '%s' %s".formatted(setting, what), null);
  }
}
