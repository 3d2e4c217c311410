package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip archive that notes the SHA-256 of each file in it. */
final class PackFile implements AutoCloseable {
  private final ZipOutputStream zip;
  private final Instant at;
  private final Map<String, String> digests = new TreeMap<>();

  PackFile(OutputStream out, Instant at) {
    this.zip = new ZipOutputStream(out, UTF_8);
    this.at = at;
  }

  /** Writes a file as it comes, however large it is. */
  void write(String name, Consumer<PrintWriter> content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(at.toEpochMilli());
    zip.putNextEntry(entry);
    MessageDigest sha = sha256();
    PrintWriter out =
        new PrintWriter(new OutputStreamWriter(new DigestOutputStream(zip, sha), UTF_8));
    content.accept(out);
    out.flush();
    if (out.checkError()) {
      throw new IOException("the archive could not be written");
    }
    zip.closeEntry();
    digests.put(name, HexFormat.of().formatHex(sha.digest()));
  }

  /** The files so far, and what they are. */
  Map<String, String> digests() {
    return Map.copyOf(digests);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
