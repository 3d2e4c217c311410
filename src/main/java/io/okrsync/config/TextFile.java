package io.okrsync.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What reading a file as text gave. */
sealed interface TextFile {
  /** The whole text, without a byte order mark. */
  record Text(String text) implements TextFile {}

  /** Why there is no text, such as {@code does not exist}. */
  record Unreadable(String why) implements TextFile {}

  /** Reads a file of UTF-8 text that is not larger than this. */
  static TextFile read(Path file, int mostBytes) {
    if (Files.isDirectory(file)) {
      return new Unreadable("is a folder, not a file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new Unreadable("is a pipe or a device, not a file"); // whose end may never come
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      return bytes.length > mostBytes
          ? new Unreadable("is larger than " + mostBytes / 1024 + " KiB")
          : decoded(bytes);
    } catch (NoSuchFileException e) {
      return new Unreadable("does not exist");
    } catch (AccessDeniedException e) {
      return new Unreadable("may not be read; give this user the right to");
    } catch (IOException e) {
      return new Unreadable("could not be read: " + e.getMessage());
    }
  }

  private static TextFile decoded(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      long line = text.chars().filter(c -> c == '\n').count() + 1;
      return new Unreadable("is not UTF-8 text (line " + line + ")");
    }
    return new Text(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }
}
