package io.okrsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints, one a line, in a file outside the database. It is only ever appended to; whoever
 * keeps a copy elsewhere can tell later whether the ledger still continues it.
 */
public final class CheckpointFile {
  /** How findings call a line of it, before its number. */
  public static final String PLACE = "checkpoint in line ";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;

  public CheckpointFile(Path file) {
    this.file = file;
  }

  /**
   * What stands in the file.
   *
   * @param findings a line that is no checkpoint, or is not signed as it should be
   */
  public record Content(List<Checkpoint> checkpoints, List<Finding> findings) {}

  /**
   * Adds a line, while no other process does, and sees to it that it is on the disk.
   *
   * @param next makes it from the digest of the line before
   */
  public Checkpoint append(Function<String, Checkpoint> next) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    synchronized (CheckpointFile.class) {
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND,
                  StandardOpenOption.DSYNC);
          FileLock held = channel.lock()) {
        List<String> before = lines();
        Checkpoint added = next.apply(digestOf(before, before.size() - 1));
        ByteBuffer line = ByteBuffer.wrap((added.line() + "\n").getBytes(UTF_8));
        while (held.isValid() && line.hasRemaining()) {
          channel.write(line);
        }
        return added;
      }
    }
  }

  /** By which the line after this one names it; of no line, that of the first. */
  private static String digestOf(List<String> lines, int at) {
    return at < 0 ? Checkpoint.FIRST : CanonicalJson.digest(lines.get(at));
  }

  /**
   * What stands in the file, unchecked; nothing where it is not there. What editors add to a copy,
   * a byte order mark and an empty line at the end, is left out.
   */
  public List<String> lines() throws IOException {
    return Files.exists(file)
        ? Files.readString(file).replaceFirst("^\\x{FEFF}", "").stripTrailing().lines().toList()
        : List.of();
  }

  /**
   * Reads and checks all lines.
   *
   * @param keyId of the key that must have signed; null where any may have
   */
  public Content read(@Nullable String keyId) throws IOException {
    List<String> lines = lines();
    List<Checkpoint> checkpoints = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String place = PLACE + (i + 1);
      Optional<Checkpoint> checked = check(lines.get(i), place, keyId, findings);
      checked.ifPresent(checkpoints::add);
      String before = digestOf(lines, i - 1);
      if (checked.filter(it -> !it.previous().equals(before)).isPresent()) {
        findings.add(
            new Finding(
                place,
                "does not continue the line before it: lines were taken away, added or reordered"));
      }
    }
    return new Content(checkpoints, findings);
  }

  /**
   * Checks a line, wherever it comes from.
   *
   * @param place how findings call it
   * @param keyId of the key that must have signed; null where any may have
   * @param findings what is wrong with it is added there
   * @return empty where something is
   */
  public static Optional<Checkpoint> check(
      String line, String place, @Nullable String keyId, List<Finding> findings) {
    Checkpoint checkpoint = parsed(line);
    if (checkpoint == null) {
      findings.add(new Finding(place, "is no checkpoint, or was changed after it was written"));
      return Optional.empty();
    }
    if (!checkpoint.isSigned()) {
      findings.add(new Finding(place, "was changed after it was signed"));
      return Optional.empty();
    }
    if (keyId != null && !keyId.equals(checkpoint.keyId())) {
      findings.add(
          new Finding(
              place, "was signed by key %s and not by %s".formatted(checkpoint.keyId(), keyId)));
      return Optional.empty();
    }
    return Optional.of(checkpoint);
  }

  private static @Nullable Checkpoint parsed(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      Checkpoint checkpoint =
          new Checkpoint(
              node.required("sequence").longValue(),
              node.required("hash").asText(),
              node.required("previous").asText(),
              Instant.parse(node.required("at").asText()),
              node.required("service").asText(),
              node.required("key").asText(),
              node.required("signature").asText());
      return checkpoint.line().equals(line) ? checkpoint : null;
    } catch (IOException | IllegalArgumentException | DateTimeException broken) {
      return null;
    }
  }
}
