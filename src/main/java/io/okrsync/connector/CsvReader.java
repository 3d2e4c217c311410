package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads one file row by row, and knows at which byte and line it is. */
final class CsvReader implements AutoCloseable {
  private static final int LONGEST_ROW = 1024 * 1024;
  private static final CsvMapper CSV =
      CsvMapper.csvBuilder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

  private final String name;
  private final Opening opening;
  private final CsvFormat format;
  private final PageCall call;
  private final ObjectReader cells;
  private final CsvRow row;
  private InputStream in;
  private long offset;
  private long line = 1;
  private long rowLine = 1;

  /** What is read, from its beginning. */
  interface Opening {
    InputStream open() throws IOException;
  }

  CsvReader(Path file, CsvFormat format, PageCall call) throws IOException {
    this(CsvFiles.name(file), () -> Files.newInputStream(file), format, call);
  }

  /**
   * @param name how messages call it
   */
  CsvReader(String name, Opening opening, CsvFormat format, PageCall call) throws IOException {
    this.name = name;
    this.opening = opening;
    this.format = format;
    this.call = call;
    this.cells =
        CSV.readerFor(String[].class)
            .with(CsvSchema.emptySchema().withColumnSeparator(format.separator()));
    this.in = new BufferedInputStream(opening.open());
    this.row = header();
  }

  private CsvRow header() throws IOException {
    try {
      String[] names = cells();
      if (names == null) {
        throw failure("is empty: its first line must name the columns");
      }
      names[0] = names[0].replace("\uFEFF", "");
      return new CsvRow(name, names, format, call);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Goes on at a place this reader named before. */
  void goTo(long newOffset, long newLine) throws IOException {
    in.close();
    InputStream raw = opening.open();
    raw.skipNBytes(newOffset);
    in = new BufferedInputStream(raw);
    offset = newOffset;
    line = newLine;
  }

  long offset() {
    return offset;
  }

  long line() {
    return line;
  }

  /** The next row as an object of fields; null at the end of the file. */
  @Nullable ObjectNode next() throws IOException {
    String[] values = cells();
    return values == null ? null : row.read(values, rowLine);
  }

  private String @Nullable [] cells() throws IOException {
    String text = text();
    while (text != null && text.isBlank()) {
      text = text();
    }
    if (text == null) {
      return null;
    }
    try (var values = cells.<String[]>readValues(text)) {
      return values.next();
    } catch (RuntimeException | JsonProcessingException e) {
      throw failure("is not a row: a quote stands where none may be");
    }
  }

  /** One row, which may be several lines where a cell is quoted; null at the end of the file. */
  private @Nullable String text() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    boolean quoted = false;
    rowLine = line;
    int next = in.read();
    for (; next >= 0; next = in.read()) {
      offset++;
      line += next == '\n' ? 1 : 0;
      if (next == '\n' && !quoted) {
        break;
      }
      quoted ^= next == '"';
      bytes.write(next);
      if (bytes.size() > LONGEST_ROW) {
        throw failure("is longer than 1 MB: a quote is opened and never closed");
      }
    }
    if (next < 0 && quoted) {
      throw failure("opens a quote and never closes it");
    }
    return next < 0 && bytes.size() == 0 ? null : decoded(bytes.toByteArray());
  }

  private String decoded(byte[] bytes) throws IOException {
    try {
      return format.charset().newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw failure(
          "is not %s; set 'charset' to what the file is, such as windows-1252"
              .formatted(format.charset()));
    }
  }

  private SourceFailure failure(String what) {
    return call.failure(
        ASK_ADMIN, "cannot be read: %s, line %d %s".formatted(name, rowLine, what), null);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
