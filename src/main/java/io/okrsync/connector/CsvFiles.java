package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a folder page by page. Each run reads all of them, in the order of their
 * names; the same row in a later file wins. The place between two pages is a file, a byte and a
 * line, so a page costs what it holds, however long the file is.
 *
 * <p>A file that changed less than five seconds ago may still be being written: the source waits
 * for it, and is read later when it keeps changing. Names that begin with a dot or do not end in
 * {@code .csv} are not looked at, so a program may write {@code sales.csv.part} and rename it. A
 * file that changes between two pages is read from its beginning again.
 */
final class CsvFiles {
  private static final Duration SETTLED = Duration.ofSeconds(5);
  private static final int LOOKS = 3;

  private final Clock clock;
  private final Patience patience;

  CsvFiles(Clock clock, Patience patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** Where a page begins, as it is written into a cursor. */
  private record Place(String file, String stamp, long offset, long line) {
    static Place of(JsonNode cursor) {
      return new Place(
          cursor.path("file").asText(),
          cursor.path("stamp").asText(),
          cursor.path("offset").asLong(),
          cursor.path("line").asLong());
    }

    ObjectNode node() {
      return Json.NODES
          .objectNode()
          .put("file", file)
          .put("stamp", stamp)
          .put("offset", offset)
          .put("line", line);
    }
  }

  JsonNode page(CsvFormat format, PageCall call) {
    List<Path> files = files(requireNonNull(format.path()), call);
    Place place = Place.of(call.cursor());
    Optional<Path> file =
        files.stream().filter(each -> name(each).compareTo(place.file()) >= 0).findFirst();
    ObjectNode page = Json.NODES.objectNode();
    ArrayNode rows = page.putArray("rows");
    if (file.isEmpty()) {
      return page.putNull("next");
    }
    Place next = read(file.get(), place, format, call, rows);
    return page.set("next", next == null ? following(files, file.get()) : next.node());
  }

  /** The beginning of the file after this one; null when there is none. */
  private static @Nullable ObjectNode following(List<Path> files, Path file) {
    int index = files.indexOf(file) + 1;
    return index == files.size() ? null : new Place(name(files.get(index)), "", 0, 0).node();
  }

  private List<Path> files(Path path, PageCall call) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(CsvFiles::isRead).sorted().toList();
    } catch (IOException e) {
      throw call.failure(
          ASK_ADMIN,
          "cannot read '%s': there is no such file or folder, or this user may not read it; check the setting 'path'"
              .formatted(path),
          e);
    }
  }

  private static boolean isRead(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && name.endsWith(".csv") && Files.isRegularFile(file);
  }

  /** Adds a page of rows; gives the place after it, or null at the end of the file. */
  private @Nullable Place read(
      Path file, Place place, CsvFormat format, PageCall call, ArrayNode rows) {
    try {
      String stamp = settled(file, call);
      boolean same = name(file).equals(place.file()) && stamp.equals(place.stamp());
      try (CsvReader reader = new CsvReader(file, format, call)) {
        if (same && place.offset() > 0) {
          reader.goTo(place.offset(), place.line());
        }
        while (rows.size() < call.limit()) {
          ObjectNode row = reader.next();
          if (row == null) {
            return null;
          }
          rows.add(row);
        }
        return new Place(name(file), stamp, reader.offset(), reader.line());
      }
    } catch (CharacterCodingException e) {
      throw call.failure(ASK_ADMIN, e.getMessage() + "; set 'charset' to what it is", null);
    } catch (AccessDeniedException e) {
      throw call.failure(
          ASK_ADMIN, "may not read %s: give this user the right to".formatted(name(file)), e);
    } catch (IOException e) {
      throw call.failure(
          RETRY_LATER, "could not read %s: %s".formatted(name(file), Failures.reason(e)), e);
    }
  }

  /** Waits until nobody writes to the file, and tells its size and time. */
  private String settled(Path file, PageCall call) throws IOException {
    for (int looks = 0; looks < LOOKS; looks++) {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Instant changed = attributes.lastModifiedTime().toInstant();
      Duration age = Duration.between(changed, clock.instant());
      if (age.isNegative() || age.compareTo(SETTLED) >= 0) {
        return attributes.size() + "@" + changed;
      }
      String why = name(file) + " changed a moment ago and may still be being written";
      patience.until(changed.plus(SETTLED), why, call);
    }
    throw call.failure(
        RETRY_LATER,
        "is not read now: %s is still being written; nothing changes until it is complete"
            .formatted(name(file)),
        null);
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }
}
