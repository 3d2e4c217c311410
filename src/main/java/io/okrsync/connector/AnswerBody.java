package io.okrsync.connector;

import static io.okrsync.connector.HttpAnswer.Content.JSON;
import static io.okrsync.connector.HttpAnswer.Content.NOTHING;
import static io.okrsync.connector.HttpAnswer.Content.NOT_UTF8;
import static io.okrsync.connector.HttpAnswer.Content.OTHER;
import static io.okrsync.connector.HttpAnswer.Content.WEB_PAGE;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;

/** Reads the body of an answer: never more than it may have, and only JSON. */
final class AnswerBody {
  private static final int ERROR_BYTES = 64 * 1024;

  private AnswerBody() {}

  /** The answer has more bytes than a connector's page may have. */
  static final class TooLong extends IOException {
    TooLong(long maximum) {
      super(
          "answered more than %d bytes; let its connector ask for fewer records at once, or raise maximumSize there"
              .formatted(maximum));
    }
  }

  /** The answer ended in the middle. */
  static final class BrokenOff extends IOException {
    BrokenOff(String what) {
      super(what);
    }
  }

  static HttpAnswer read(
      int status, Map<String, String> headers, String type, InputStream in, long maximum)
      throws IOException {
    boolean success = status >= 200 && status < 300;
    InputStream body =
        success
            ? new BufferedInputStream(new Limited(in, maximum))
            : new ByteArrayInputStream(in.readNBytes(ERROR_BYTES));
    int first = firstCharacter(body);
    boolean html = first == '<' || type.toLowerCase(Locale.ROOT).contains("html");
    if (html || first < 0) {
      return new HttpAnswer(status, headers, null, html ? WEB_PAGE : NOTHING);
    }
    try {
      return new HttpAnswer(status, headers, Json.read(body), JSON);
    } catch (JsonProcessingException e) {
      if (success && endsTooSoon(e)) {
        throw new BrokenOff(
            "answered JSON that breaks off in the middle; if it goes on so, see what a proxy"
                + " between us cuts off, or let its connector ask for fewer records at once");
      }
      boolean text = !e.getOriginalMessage().startsWith("Invalid UTF-8");
      boolean begins = first == '{' || first == '[';
      return new HttpAnswer(
          status, headers, null, text ? OTHER : NOT_UTF8, begins ? broken(e) : null);
    }
  }

  /** Without a word of what stands there, which may be secret. */
  private static String broken(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where =
        at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    if (e instanceof StreamConstraintsException) {
      return "is too much for us%s, nested deeper than %d or with too long a text or number: let its connector ask for less"
          .formatted(where, StreamReadConstraints.DEFAULT_MAX_DEPTH);
    }
    return "%s%s: see what the system or a proxy in between writes there"
        .formatted(
            e instanceof MismatchedInputException ? "goes on after its end" : "breaks", where);
  }

  /**
   * The answer as it is, in bytes of lines.
   *
   * @param tellsNoEnd whether it may be cut off unseen, so that its last line must be whole
   */
  static HttpAnswer readBytes(
      int status,
      Map<String, String> headers,
      String type,
      InputStream in,
      long maximum,
      boolean tellsNoEnd)
      throws IOException {
    InputStream body = new BufferedInputStream(new Limited(in, maximum));
    int first = firstCharacter(body);
    if (first < 0 || first == '<' || type.toLowerCase(Locale.ROOT).contains("html")) {
      return new HttpAnswer(status, headers, null, first < 0 ? NOTHING : WEB_PAGE);
    }
    byte[] bytes = body.readAllBytes();
    if (tellsNoEnd && bytes[bytes.length - 1] != '\n') {
      throw new BrokenOff(
          "answered lines that break off in the middle of one, and not how many bytes there are;"
              + " see what cuts it off, or let its server tell the length");
    }
    return new HttpAnswer(status, headers, Json.NODES.binaryNode(bytes), OTHER);
  }

  /** Between the fields of an object the parser reports the end as any other mistake. */
  private static boolean endsTooSoon(JsonProcessingException e) {
    return e instanceof JsonEOFException
        || e.getOriginalMessage().startsWith("Unexpected end-of-input");
  }

  /** The first byte that is not white space or a byte order mark, left in the stream; -1 at end. */
  private static int firstCharacter(InputStream body) throws IOException {
    while (true) {
      body.mark(1);
      int next = body.read();
      boolean skipped = next == ' ' || next == '\n' || next == '\r' || next == '\t';
      if (skipped || next == 0xEF || next == 0xBB || next == 0xBF) {
        continue;
      }
      body.reset();
      return next;
    }
  }

  private static final class Limited extends FilterInputStream {
    private final long maximum;
    private long count;

    Limited(InputStream in, long maximum) {
      super(in);
      this.maximum = maximum;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      counted(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      counted(Math.max(0, read));
      return read;
    }

    private void counted(int read) throws TooLong {
      count += read;
      if (count > maximum) {
        throw new TooLong(maximum);
      }
    }
  }
}
