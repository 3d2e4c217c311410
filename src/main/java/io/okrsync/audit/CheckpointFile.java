package io.okrsync.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** Adds a line, and sees to it that it is on the disk. */
  public void append(Checkpoint checkpoint) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        checkpoint.line() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.DSYNC);
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
      check(lines.get(i), PLACE + (i + 1), keyId, findings).ifPresent(checkpoints::add);
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
