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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints, one a line, in a file outside the database. It is only ever appended to; whoever
 * keeps a copy elsewhere can tell later whether the ledger still continues it.
 */
public final class CheckpointFile {
  /** How findings call a copy that was kept elsewhere. */
  public static final String COPY = "kept checkpoints";

  /** How findings call a line of it, before its number. */
  private static final String PLACE = "checkpoint in line ";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path file;

  public CheckpointFile(Path file) {
    this.file = file;
  }

  /** How it is called, wherever it lies. */
  public String name() {
    return file.getFileName().toString();
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
   * @param keys the ids of those that may have signed; empty where any may have
   */
  public Content read(Set<String> keys) throws IOException {
    List<Finding> findings = new ArrayList<>();
    Map<String, Checkpoint> checked = check(lines(), PLACE, Checkpoint.FIRST, keys, findings);
    return new Content(List.copyOf(checked.values()), findings);
  }

  /** Reads and checks the last line alone, which costs the same with each year. */
  public Content last() throws IOException {
    List<String> lines = lines();
    List<Finding> findings = new ArrayList<>();
    String place = PLACE + lines.size();
    Optional<Checkpoint> checked =
        lines.isEmpty()
            ? Optional.empty()
            : check(lines.get(lines.size() - 1), place, Set.of(), findings);
    continues(checked, digestOf(lines, lines.size() - 2), place, findings);
    return new Content(checked.stream().toList(), findings);
  }

  /**
   * Checks the lines of a copy, which may begin with a later line.
   *
   * @param name how findings call the copy
   * @param keys the ids of those that may have signed; empty where any may have
   * @param findings what is wrong is added there
   * @return those of which nothing is, by how findings call their lines
   */
  public static Map<String, Checkpoint> check(
      List<String> lines, String name, Set<String> keys, List<Finding> findings) {
    return check(lines, name + " line ", null, keys, findings);
  }

  /**
   * @param before what the first line must name as the one before it; null where it may be any
   */
  private static Map<String, Checkpoint> check(
      List<String> lines,
      String name,
      @Nullable String before,
      Set<String> keys,
      List<Finding> findings) {
    Map<String, Checkpoint> checkpoints = new LinkedHashMap<>();
    Set<String> signers = new LinkedHashSet<>();
    String last = "";
    for (int i = 0; i < lines.size(); i++) {
      String place = name + (i + 1);
      Optional<Checkpoint> checked = check(lines.get(i), place, keys, findings);
      checked.ifPresent(it -> checkpoints.put(place, it));
      @Nullable String named = i == 0 ? before : digestOf(lines, i - 1);
      if (named != null) {
        continues(checked, named, place, findings);
      }
      String signer = checked.map(Checkpoint::keyId).orElse(last);
      if (!signer.equals(last) && !signers.add(signer)) {
        findings.add(new Finding(place, signedAgain(signer, last)));
      }
      last = signer;
    }
    return checkpoints;
  }

  /** What is to be said of a key that signs after another took its place. */
  public static String signedAgain(String key, String by) {
    return "was signed by key %s, after key %s had taken its place".formatted(key, by);
  }

  /** The lines of a copy that was kept elsewhere, checked; it may begin with a later line. */
  public static Content copy(List<String> lines, Set<String> keys) {
    List<Finding> findings = new ArrayList<>();
    return new Content(List.copyOf(check(lines, COPY, keys, findings).values()), findings);
  }

  /** Whether it is about a line of a file of checkpoints. */
  public static boolean isOfLine(Finding finding) {
    return finding.place().startsWith(PLACE) || finding.place().startsWith(COPY);
  }

  private static void continues(
      Optional<Checkpoint> checkpoint, String before, String place, List<Finding> findings) {
    if (checkpoint.filter(it -> !it.previous().equals(before)).isPresent()) {
      findings.add(
          new Finding(
              place,
              "does not continue the line before it: lines were taken away, added or reordered"));
    }
  }

  /**
   * Checks a line by itself.
   *
   * @param place how findings call it
   * @param keys the ids of those that may have signed; empty where any may have
   * @param findings what is wrong with it is added there
   * @return empty where something is
   */
  private static Optional<Checkpoint> check(
      String line, String place, Set<String> keys, List<Finding> findings) {
    Checkpoint checkpoint = parsed(line);
    if (checkpoint == null) {
      findings.add(new Finding(place, "is no checkpoint, or was changed after it was written"));
      return Optional.empty();
    }
    if (!checkpoint.isSigned()) {
      findings.add(new Finding(place, "was changed after it was signed"));
      return Optional.empty();
    }
    if (!keys.isEmpty() && !keys.contains(checkpoint.keyId())) {
      findings.add(new Finding(place, signedBy(checkpoint.keyId(), keys)));
      return Optional.empty();
    }
    return Optional.of(checkpoint);
  }

  /** What is to be said of a signature by another key. */
  public static String signedBy(String key, Set<String> keys) {
    return "was signed by key %s and not by %s; name more than one key only where whoever keeps the log has told you each"
        .formatted(key, String.join(" or ", keys));
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
