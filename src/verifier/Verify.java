import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Checks an evidence pack of OKR Sync with nothing but a JDK (17 or later), sharing no code with
 * the program that wrote it:
 *
 * <pre>java Verify.java pack.zip [--key ID] [--checkpoints my-copy.jsonl]</pre>
 *
 * The format is described in src/docs/evidence-pack.md. It ends with 0 when nothing is wrong, with
 * 1 when there are findings, which it names line by line, and with 2 when it cannot read the pack.
 */
public final class Verify {
  private static final String FORMAT = "okr-sync-evidence/1";
  private static final String GENESIS = "0".repeat(64);
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(2048);
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  /** How many amounts of a currency that are converted wrongly are named one by one. */
  private static final int NAMED = 20;

  private static final List<String> COLUMNS =
      List.of(
          ("row,record,since_run,until_run,at,amount,item,key,currency,problem,"
                  + "original_amount,original_currency")
              .split(","));

  private final List<String> findings = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<Long, Map<String, Object>> entries = new LinkedHashMap<>();
  private final Map<Long, Map<String, Object>> runs = new LinkedHashMap<>();

  /** What each configuration came to: key results by id, measures by version, rates by name. */
  private final TreeMap<Long, Map<String, Object>> defined = new TreeMap<>();

  private final Map<Long, Map<String, Object>> configurations = new HashMap<>();
  private final Map<String, Map<String, Object>> measures = new HashMap<>();
  private final Map<String, List<Row>> populations = new HashMap<>();

  /** The id of the key that signed the manifest; null where it cannot be told. */
  private String signer;

  /** The last entry that a checkpoint signed, of those that were kept, or else of the pack. */
  private long covered;

  private long readings;
  private long inputs;
  private long unknown;

  public static void main(String[] arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    Set<String> keys = new LinkedHashSet<>();
    for (String key = option(all, "--key"); key != null; key = option(all, "--key")) {
      keys.add(key.toLowerCase(Locale.ROOT));
    }
    String kept = option(all, "--checkpoints");
    if (all.size() != 1 || !keys.stream().allMatch(it -> it.matches("[0-9a-f]{16}"))) {
      System.err.println("java Verify.java pack.zip [--key ID]... [--checkpoints my-copy.jsonl]");
      System.exit(2);
    }
    if (kept != null && !Files.exists(Path.of(kept))) {
      System.err.println("--checkpoints names " + kept + ", which does not exist");
      System.exit(2);
    }
    try {
      Verify verify = new Verify();
      List<String> findings =
          verify.check(
              Files.readAllBytes(Path.of(all.get(0))), keys, kept == null ? null : Path.of(kept));
      findings.forEach(System.out::println);
      verify.pruned().forEach(System.out::println);
      System.out.println(verify.summary());
      verify.uncovered().forEach(System.out::println);
      System.exit(findings.isEmpty() ? 0 : 1);
    } catch (IOException failure) {
      System.err.println("The pack cannot be read: " + failure);
      System.exit(2);
    }
  }

  private static String option(List<String> arguments, String name) {
    int place = arguments.indexOf(name);
    if (place < 0 || place + 1 >= arguments.size()) {
      return null;
    }
    arguments.remove(place);
    return arguments.remove(place);
  }

  private String summary() {
    return "Checked %s, %s, %s with %s, %s, signed by key %s: %s%s"
        .formatted(
            counted(entries.size(), "entries"),
            counted(runs.size(), "runs"),
            counted(readings, "readings"),
            counted(inputs, "inputs"),
            counted(populations.size(), "populations"),
            signer,
            unknown == 0
                ? ""
                : counted(unknown, "inputs")
                    + (unknown == 1 ? " was" : " were")
                    + " not counted again; ",
            findings.isEmpty() ? "nothing is wrong." : counted(findings.size(), "findings") + ".");
  }

  private static String counted(long many, String words) {
    return many
        + " "
        + (many == 1 ? words.replaceFirst("ies$", "y").replaceFirst("s$", "") : words);
  }

  /** Nothing in a ledger can tell who added these, or when. */
  private List<String> uncovered() {
    List<Map<String, Object>> later =
        entries.values().stream().filter(it -> number(it.get("sequence")) > covered).toList();
    return later.isEmpty()
        ? List.of()
        : List.of(
            "Entries %s to %s, from %s on, are covered by no checkpoint: who can write to the database could have added or changed them."
                .formatted(
                    later.get(0).get("sequence"),
                    later.get(later.size() - 1).get("sequence"),
                    later.get(0).get("at")));
  }

  /** What the ledger does not hold any more, one line for each source and day; no pack holds it. */
  private List<String> pruned() {
    Map<String, Long> versions = new TreeMap<>();
    for (Map<String, Object> entry : entries.values()) {
      String many = string(entry.get("detail")).replaceAll("(?s)^the bodies of (\\d+) .*", "$1");
      if (entry.get("action").equals("records.pruned") && many.matches("\\d{1,18}")) {
        String day = string(entry.get("at")).substring(0, 10);
        versions.merge(entry.get("subject") + ": pruned on " + day, Long.valueOf(many), Long::sum);
      }
    }
    return versions.entrySet().stream()
        .map(
            it ->
                "%s: the bodies of %s that %s true no more"
                    .formatted(
                        it.getKey(),
                        counted(it.getValue(), "record versions"),
                        it.getValue() == 1 ? "was" : "were"))
        .toList();
  }

  /** All that is wrong with a pack. */
  List<String> check(byte[] pack, Set<String> keys, Path keptCheckpoints) throws IOException {
    unzip(pack);
    Map<String, Object> manifest = manifest(keys);
    Set<String> expected = keys.isEmpty() && signer != null ? Set.of(signer) : keys;
    step("audit.jsonl", () -> chain(manifest));
    step(
        "checkpoints.jsonl",
        () -> checkpoints(lines("checkpoints.jsonl"), "checkpoints.jsonl", expected));
    if (keptCheckpoints != null) {
      List<String> kept =
          Files.readString(keptCheckpoints)
              .replaceFirst("^\\x{FEFF}", "")
              .stripTrailing()
              .lines()
              .toList();
      covered = 0;
      step("kept checkpoints", () -> checkpoints(kept, "kept checkpoints", expected));
    }
    step("runs.jsonl", this::runs);
    step("configurations.jsonl", this::configurations);
    step("measures.jsonl", this::measures);
    step("readings.jsonl", this::readings);
    return findings;
  }

  private interface Step {
    void run() throws IOException;
  }

  /** A part that cannot be read at all is a finding, and the next part is checked. */
  private void step(String what, Step step) throws IOException {
    try {
      step.run();
    } catch (RuntimeException broken) {
      findings.add(what + ": cannot be read: " + broken.getMessage());
    }
  }

  // ---- the archive and its manifest

  private void unzip(byte[] pack) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(pack))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (files.put(entry.getName(), zip.readAllBytes()) != null) {
          findings.add(entry.getName() + ": is in the archive twice");
        }
      }
    }
    if (files.isEmpty()) {
      throw new IOException("it is no zip archive, or an empty one");
    }
  }

  private Map<String, Object> manifest(Set<String> keys) {
    byte[] bytes = files.get("manifest.json");
    byte[] signed = files.get("manifest.sig");
    if (bytes == null || signed == null) {
      findings.add("manifest.json or manifest.sig: is missing");
      return Map.of();
    }
    try {
      Map<String, Object> signature = object(text(signed).strip());
      String owner = string(signature.get("key"));
      signer = keyId(owner);
      if (!isSigned(owner, bytes, string(signature.get("signature")))) {
        findings.add("manifest.json: was changed after it was signed");
      } else if (!keys.isEmpty() && !keys.contains(keyId(owner))) {
        findings.add("manifest.sig: " + signedBy(keyId(owner), keys));
      }
      Map<String, Object> manifest = object(text(bytes));
      if (!FORMAT.equals(manifest.get("format"))) {
        findings.add(
            "manifest.json: has the format %s, not %s".formatted(manifest.get("format"), FORMAT));
      }
      digests(map(manifest.get("files")));
      return manifest;
    } catch (RuntimeException broken) {
      findings.add("manifest.json or manifest.sig: cannot be read: " + broken.getMessage());
      return Map.of();
    }
  }

  private void digests(Map<String, Object> stated) {
    stated.forEach(
        (name, digest) -> {
          byte[] file = files.get(name);
          if (file == null) {
            findings.add(name + ": is missing from the archive");
          } else if (!sha256(file).equals(digest)) {
            findings.add(name + ": is not the file that the manifest names");
          }
        });
    files.keySet().stream()
        .filter(it -> !stated.containsKey(it) && !it.startsWith("manifest."))
        .forEach(it -> findings.add(it + ": is not named by the manifest"));
  }

  // ---- the chain of audit entries

  private void chain(Map<String, Object> manifest) throws IOException {
    long expected = 1;
    String previous = GENESIS;
    Instant before = null;
    for (String line : lines("audit.jsonl")) {
      Map<String, Object> entry = object(line);
      long sequence = number(entry.get("sequence"));
      String place = "audit entry " + sequence + ": ";
      if (!hash(entry).equals(entry.get("hash"))) {
        findings.add(place + "was changed after it was written");
      }
      if (sequence != expected) {
        findings.add(
            place + "stands where entry " + expected + " should: missing, doubled or reordered");
      }
      if (!previous.equals(entry.get("previousHash"))) {
        findings.add(place + "does not continue the one before it");
      }
      Instant at = Instant.parse(string(entry.get("at")));
      if (before != null && at.isBefore(before.minus(1, ChronoUnit.HOURS))) {
        findings.add(
            place
                + "is dated %s, which is before the entry before it, of %s: it was dated back, or a clock was put back"
                    .formatted(at, before));
      }
      before = at;
      if (entries.put(sequence, entry) != null) {
        findings.add(place + "is there twice");
      }
      expected = sequence + 1;
      previous = string(entry.get("hash"));
    }
    Map<String, Object> end = map(manifest.getOrDefault("chain", Map.of()));
    if (!end.isEmpty()
        && (number(end.get("sequence")) != expected - 1 || !previous.equals(end.get("hash")))) {
      findings.add(
          "audit entry %d: is the last one, but the manifest says that the chain ends with entry %s"
              .formatted(expected - 1, end.get("sequence")));
    }
  }

  private static String hash(Map<String, Object> entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    Instant at = Instant.parse(string(entry.get("at")));
    for (String field :
        List.of(
            String.valueOf(number(entry.get("sequence"))),
            String.valueOf(
                Math.addExact(
                    Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000)),
            string(entry.get("actor")),
            string(entry.get("action")),
            string(entry.get("subject")),
            string(entry.get("detail")),
            string(entry.get("previousHash")))) {
      byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
      out.writeInt(utf8.length);
      out.write(utf8);
    }
    return sha256(bytes.toByteArray());
  }

  /** A copy may begin with a later line; from there on each continues the one before it. */
  private void checkpoints(List<String> lines, String file, Set<String> keys) {
    int place = 0;
    String before = null;
    Set<String> signers = new HashSet<>();
    String last = "";
    for (String line : lines) {
      String where = file + " line " + ++place + ": ";
      try {
        Map<String, Object> checkpoint = object(line);
        String key = checkpoint(checkpoint, where, keys);
        if (key != null && !key.equals(last) && !signers.add(key)) {
          findings.add(
              where
                  + "was signed by key %s, after key %s had taken its place".formatted(key, last));
        }
        last = key == null ? last : key;
        if (before != null && !before.equals(checkpoint.get("previous"))) {
          findings.add(
              where
                  + "does not continue the line before it: lines were taken away, added or"
                  + " reordered");
        }
      } catch (RuntimeException broken) {
        findings.add(where + "is no checkpoint, or was changed after it was written");
      }
      before = sha256(line.getBytes(StandardCharsets.UTF_8));
    }
    if (file.equals("checkpoints.jsonl") && signer != null && !List.of("", signer).contains(last)) {
      findings.add(
          "manifest.sig: was signed by key %s, after key %s had taken its place"
              .formatted(signer, last));
    }
    if (place == 0) {
      findings.add(file + ": holds no checkpoint, so an end that was cut off cannot be told");
    }
  }

  private static String signedBy(String key, Set<String> keys) {
    return "was signed by key %s and not by %s; name more than one key only where whoever keeps the log has told you each"
        .formatted(key, String.join(" or ", keys));
  }

  /** The id of the key that signed it; null where it is not signed, or by none of these. */
  private String checkpoint(Map<String, Object> checkpoint, String where, Set<String> keys) {
    Map<String, Object> unsigned = new TreeMap<>(checkpoint);
    String signature = string(unsigned.remove("signature"));
    String owner = string(checkpoint.get("key"));
    if (!isSigned(owner, canonical(unsigned).getBytes(StandardCharsets.UTF_8), signature)) {
      findings.add(where + "was changed after it was signed");
      return null;
    }
    if (!keys.isEmpty() && !keys.contains(keyId(owner))) {
      findings.add(where + signedBy(keyId(owner), keys));
      return null;
    }
    Map<String, Object> entry = entries.get(number(checkpoint.get("sequence")));
    if (entry == null) {
      findings.add(
          where
              + "signed entry %s at %s, which is missing: the end was cut off, or the pack was made before"
                  .formatted(checkpoint.get("sequence"), checkpoint.get("at")));
    } else if (!entry.get("hash").equals(checkpoint.get("hash"))) {
      findings.add(
          where
              + "signed another entry %s: the chain was written anew"
                  .formatted(checkpoint.get("sequence")));
    } else {
      covered = Math.max(covered, number(checkpoint.get("sequence")));
    }
    return keyId(owner);
  }

  // ---- what entries tell of: runs and configurations

  private void runs() {
    Set<Long> told = new HashSet<>();
    for (String line : lines("runs.jsonl")) {
      Map<String, Object> run = object(line);
      long id = number(run.get("id"));
      if (runs.put(id, run) != null) {
        findings.add("run " + id + ": is there twice");
      }
    }
    for (Map<String, Object> entry : entries.values()) {
      if (entry.get("action").equals("run.published")) {
        long id =
            Long.parseLong(string(entry.get("detail")).replaceAll("(?s)^run (\\d+):.*", "$1"));
        told.add(id);
        Map<String, Object> run = runs.get(id);
        if (run == null) {
          findings.add(
              "run %d: is missing, though audit entry %s tells of it"
                  .formatted(id, entry.get("sequence")));
        } else if (!string(entry.get("detail")).equals(words(run) + sealOf(run, entry))
            || !Objects.equals(run.get("source"), entry.get("subject"))
            || !Objects.equals(run.get("finishedAt"), entry.get("at"))) {
          findings.add(
              "run %d: is not what audit entry %s says".formatted(id, entry.get("sequence")));
        }
      }
    }
    runs.values().stream()
        .filter(
            it ->
                string(it.get("outcome")).startsWith("OK") && !told.contains(number(it.get("id"))))
        .forEach(
            it ->
                findings.add(
                    "run %s: is published, but no entry tells of it".formatted(it.get("id"))));
    runs.values().forEach(this::balances);
  }

  /** The end of the entry of a run; those of before have none. */
  private static String sealOf(Map<String, Object> run, Map<String, Object> entry) {
    return string(entry.get("detail")).contains("; sealed ")
        ? "; sealed " + sha256(canonical(run).getBytes(StandardCharsets.UTF_8))
        : "";
  }

  private static String words(Map<String, Object> run) {
    String words =
        "run %s: read %s, created %s, changed %s, unchanged %s, removed %s, rejected %s"
            .formatted(
                run.get("id"),
                run.get("read"),
                run.get("created"),
                run.get("changed"),
                run.get("unchanged"),
                run.get("removed"),
                run.get("rejected"));
    return run.get("reason") == null ? words : words + "; " + run.get("reason");
  }

  private void balances(Map<String, Object> run) {
    if (!string(run.get("outcome")).startsWith("OK")) {
      return;
    }
    long sum =
        number(run.get("created"))
            + number(run.get("changed"))
            + number(run.get("unchanged"))
            + number(run.get("rejected"));
    if (number(run.get("read")) != sum) {
      findings.add(
          "run %s: is published, but read %s and not %d"
              .formatted(run.get("id"), run.get("read"), sum));
    }
  }

  private void configurations() {
    for (String line : lines("configurations.jsonl")) {
      Map<String, Object> configuration = object(line);
      long version = number(configuration.get("version"));
      if (configurations.put(version, configuration) != null) {
        findings.add("configuration " + version + ": is there twice");
      }
      if (!digestOf(map(configuration.get("files"))).equals(configuration.get("digest"))) {
        findings.add("configuration %d: has other texts than its digest says".formatted(version));
      }
      Map<String, Object> its = object(string(configuration.get("defined")));
      map(its.get("keyResults"));
      map(its.get("measures"));
      map(its.get("rates"));
      defined.put(version, its);
    }
    Set<Long> told = new HashSet<>();
    for (Map<String, Object> entry : entries.values()) {
      if (entry.get("action").equals("configuration.loaded")) {
        long version =
            Long.parseLong(string(entry.get("detail")).replaceAll("(?s)^version (\\d+):.*", "$1"));
        told.add(version);
        if (!isToldBy(entry, configurations.get(version))) {
          findings.add(
              "configuration %d: is missing or not the one that audit entry %s tells of"
                  .formatted(version, entry.get("sequence")));
        }
      }
    }
    configurations.keySet().stream()
        .filter(it -> !told.contains(it))
        .forEach(it -> findings.add("configuration " + it + ": no entry tells of it"));
  }

  /** The entry names the digest of the texts, and seals what they came to. */
  private static boolean isToldBy(Map<String, Object> entry, Map<String, Object> configuration) {
    return configuration != null
        && entry.get("subject").equals(configuration.get("digest"))
        && entry.get("at").equals(configuration.get("loadedAt"))
        && entry
            .get("detail")
            .equals(
                "version %s: %s; sealed %s"
                    .formatted(
                        configuration.get("version"),
                        String.join(", ", new TreeMap<>(map(configuration.get("files"))).keySet()),
                        sha256(
                            string(configuration.get("defined"))
                                .getBytes(StandardCharsets.UTF_8))));
  }

  private static String digestOf(Map<String, Object> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new TreeMap<>(texts)
        .forEach(
            (name, text) -> {
              byte[] utf8 = string(text).getBytes(StandardCharsets.UTF_8);
              bytes.writeBytes((name + "\n" + utf8.length + "\n").getBytes(StandardCharsets.UTF_8));
              bytes.writeBytes(utf8);
            });
    return sha256(bytes.toByteArray());
  }

  // ---- populations, and what readings say of them

  /** A record's part in a measure and the runs between which it was true. */
  private record Row(
      String record,
      long since,
      Long until,
      Instant at,
      String amount,
      String item,
      String key,
      String currency,
      String problem,
      BigInteger hash) {
    static Row of(List<String> cells) {
      if (cells.size() != COLUMNS.size() || !cells.get(0).equals("record")) {
        throw new IllegalArgumentException("a line is no record: " + cells);
      }
      Instant at = cells.get(4).isEmpty() ? null : Instant.parse(cells.get(4));
      List<Object> part = new ArrayList<>();
      part.add(unescaped(cells.get(1)));
      part.add(at == null ? null : at.toString());
      cells.subList(5, cells.size()).forEach(it -> part.add(emptyIsNull(it)));
      return new Row(
          unescaped(cells.get(1)),
          Long.parseLong(cells.get(2)),
          cells.get(3).isEmpty() ? null : Long.valueOf(cells.get(3)),
          at,
          emptyIsNull(cells.get(5)),
          emptyIsNull(cells.get(6)),
          emptyIsNull(cells.get(7)),
          emptyIsNull(cells.get(8)),
          emptyIsNull(cells.get(9)),
          wide(canonical(part)));
    }

    /** A record that is not dated counts in every window, as a problem. */
    boolean counts(Instant from, Instant to, long run) {
      return (at == null || (!at.isBefore(from) && at.isBefore(to)))
          && since <= run
          && (until == null || until > run);
    }

    /** A record whose key cannot be told may have any, so it counts, as a problem. */
    boolean isAmong(Set<String> keys, boolean inside) {
      return key == null
          ? problem != null && (problem.startsWith("by: ") || problem.startsWith("distinct: "))
          : keys.contains(key) == inside;
    }

    String keyOrEmpty() {
      return key == null ? "" : key;
    }

    BigDecimal value() {
      return new BigDecimal(amount);
    }
  }

  private void measures() {
    for (String line : lines("measures.jsonl")) {
      Map<String, Object> measure = object(line);
      String version = string(measure.get("version"));
      String file = string(measure.get("population"));
      Map<String, Object> defining = defining(measure, version);
      Map<String, Object> its = map(map(defining.get("measures")).get(version));
      measures.put(version, its);
      try {
        Object name = its.get("rates");
        Map<String, Object> rates = map(defining.get("rates"));
        populations.put(
            version, population(file, name == null ? null : new Rates(its, map(rates.get(name)))));
      } catch (RuntimeException broken) {
        findings.add(file + ": cannot be read: " + broken.getMessage());
      }
    }
  }

  /** The configuration that defines what a line of measures.jsonl names, if possible the same. */
  private Map<String, Object> defining(Map<String, Object> line, String version) {
    Map<String, Object> told = new HashMap<>(line);
    told.remove("population");
    told.remove("goodUntilRun");
    List<Map<String, Object>> those =
        defined.values().stream()
            .filter(it -> map(it.get("measures")).containsKey(version))
            .toList();
    Optional<Map<String, Object>> same =
        those.stream().filter(it -> told.equals(map(it.get("measures")).get(version))).findFirst();
    if (same.isEmpty()) {
      findings.add("measure " + version + ": is not what a configuration defines");
    }
    return same.or(() -> those.stream().findFirst())
        .orElse(Map.of("measures", Map.of(version, line), "rates", Map.of()));
  }

  /** Reads a file line by line, and converts its money again. */
  private List<Row> population(String file, Rates rates) {
    List<Row> rows = new ArrayList<>();
    Map<String, Integer> wrongByCurrency = new TreeMap<>();
    BigDecimal sum = BigDecimal.ZERO;
    Csv csv = new Csv(text(files.getOrDefault(file, new byte[0])));
    if (!COLUMNS.equals(csv.line())) {
      throw new IllegalArgumentException("it has other columns");
    }
    List<String> cells = csv.line();
    for (List<String> next = csv.line(); next != null; next = csv.line()) {
      Row row = Row.of(cells);
      rows.add(row);
      sum = row.amount() == null ? sum : sum.add(row.value());
      String from = emptyIsNull(cells.get(11));
      String wrong = misconverted(row, emptyIsNull(cells.get(10)), from, rates);
      String currency = from == null ? row.currency() : from;
      if (wrong != null && wrongByCurrency.merge(currency, 1, Integer::sum) <= NAMED) {
        findings.add(
            "%s line %d: record %s %s".formatted(file, rows.size() + 1, row.record(), wrong));
      }
      cells = next;
    }
    wrongByCurrency.forEach(
        (currency, all) -> {
          if (all > NAMED) {
            findings.add(
                "%s: %d more amounts of %s do not count as what they come to by the rates"
                    .formatted(file, all - NAMED, currency));
          }
        });
    List<String> total =
        Arrays.asList("total", rows.size() + "", "", "", "", plain(sum), "", "", "", "", "", "");
    if (!total.equals(cells)) {
      findings.add(
          "%s: its control totals say %s, but it holds %d rows of %s"
              .formatted(file, cells, rows.size(), sum));
    }
    return rows;
  }

  /**
   * How a record counts otherwise than its money comes to; null where it does not.
   *
   * @param original what was converted; null where nothing was, and so is its currency
   * @param rates null where the measure names none
   */
  private static String misconverted(Row row, String original, String currency, Rates rates) {
    boolean isConverted = original != null;
    if (isConverted != (currency != null)) {
      throw new IllegalArgumentException("an original amount goes with its currency");
    }
    String amount = isConverted ? original : row.amount();
    String from = isConverted ? currency : row.currency();
    boolean isMoney = amount != null && from != null && row.at() != null;
    String again = rates == null || !isMoney ? null : rates.convert(amount, from, row.at());
    if (again == null) {
      return isConverted
          ? "was converted from %s %s, for which there is no rate".formatted(amount, from)
          : null;
    }
    String counts = row.amount() + " " + row.currency();
    if (!isConverted) {
      return "was not converted, though by the rates it comes to " + again;
    }
    return counts.equals(again)
        ? null
        : "counts as %s, but %s %s come to %s by the rates".formatted(counts, amount, from, again);
  }

  /** The rates of a measure: what a unit of each currency is worth, from some days (UTC) on. */
  private static final class Rates {
    private final String in;
    private final String told;
    private final Map<String, TreeMap<LocalDate, BigDecimal>> worth = new HashMap<>();

    Rates(Map<String, Object> measure, Map<String, Object> table) {
      in = string(measure.get("in"));
      told = string(table.get("in"));
      for (Map.Entry<String, Object> day : map(table.get("from")).entrySet()) {
        for (Map.Entry<String, Object> rate : map(day.getValue()).entrySet()) {
          worth
              .computeIfAbsent(rate.getKey(), it -> new TreeMap<>())
              .put(LocalDate.parse(day.getKey()), new BigDecimal(string(rate.getValue())));
        }
      }
    }

    /** What it comes to in the measure's currency; null where it is in it, or has no rate. */
    String convert(String amount, String currency, Instant at) {
      LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
      BigDecimal one = worth(currency, day);
      BigDecimal unit = worth(in, day);
      return currency.equals(in) || one == null || unit == null
          ? null
          : plain(rounded(new BigDecimal(amount).multiply(one).divide(unit, DIGITS))) + " " + in;
    }

    private BigDecimal worth(String currency, LocalDate day) {
      Map.Entry<LocalDate, BigDecimal> last =
          worth.getOrDefault(currency, new TreeMap<>()).floorEntry(day);
      return currency.equals(told) ? BigDecimal.ONE : last == null ? null : last.getValue();
    }
  }

  private void readings() {
    Set<Long> referred = new HashSet<>();
    Map<String, Object> last = new HashMap<>();
    long id = Long.MIN_VALUE;
    for (String line : lines("readings.jsonl")) {
      Map<String, Object> receipt = object(line);
      String place = "reading " + number(receipt.get("reading")) + ": ";
      if (number(receipt.get("reading")) <= id) {
        findings.add(place + "is out of order or doubled");
      }
      id = number(receipt.get("reading"));
      try {
        reading(receipt, map(receipt.get("sealed")), place, referred, last);
      } catch (RuntimeException broken) {
        findings.add(place + "cannot be read: " + broken.getMessage());
      }
    }
    entries.values().stream()
        .filter(it -> isOfReading(it) && !referred.contains(number(it.get("sequence"))))
        .forEach(
            it ->
                findings.add(
                    "reading of %s: is missing, though audit entry %s tells of it"
                        .formatted(it.get("subject"), it.get("sequence"))));
    restated(last);
  }

  /** Whether each value that a cycle ended with is still what is read, as far as is tolerated. */
  private void restated(Map<String, Object> last) {
    Map<String, Object> keyResults = new TreeMap<>();
    defined.values().forEach(it -> keyResults.putAll(map(it.get("keyResults"))));
    for (Map.Entry<String, Object> each : keyResults.entrySet()) {
      if (last.get(each.getKey() + "/final") instanceof String closed
          && last.get(each.getKey()) instanceof String now) {
        restated(each.getKey(), map(each.getValue()), new BigDecimal(closed), new BigDecimal(now));
      }
    }
  }

  private void restated(
      String id, Map<String, Object> keyResult, BigDecimal closed, BigDecimal now) {
    BigDecimal tolerance = new BigDecimal(string(keyResult.get("tolerance")));
    BigDecimal change = now.subtract(closed);
    BigDecimal share =
        closed.signum() == 0 ? null : change.divide(closed.abs(), MathContext.DECIMAL32);
    if (change.signum() != 0 && (share == null || share.abs().compareTo(tolerance) > 0)) {
      String percent = share == null ? "" : " (%s%%)".formatted(signed(share.movePointRight(2)));
      findings.add(
          "key result %s: was %s when %s was closed, and is %s: %s%s, and %s%% is tolerated"
              .formatted(
                  id,
                  closed.toPlainString(),
                  keyResult.get("cycle"),
                  now.toPlainString(),
                  signed(change),
                  percent,
                  plain(tolerance.movePointRight(2))));
    }
  }

  private static String signed(BigDecimal number) {
    return (number.signum() > 0 ? "+" : "") + plain(number);
  }

  private void reading(
      Map<String, Object> receipt,
      Map<String, Object> sealed,
      String place,
      Set<Long> referred,
      Map<String, Object> last) {
    sealed(receipt, sealed, place, referred);
    told(receipt, sealed, place);
    if (last.containsKey(sealed.get("keyResult"))
        && !Objects.equals(last.get(sealed.get("keyResult")), sealed.get("previous"))) {
      findings.add(place + "does not continue from the value of the reading before it");
    }
    last.put(string(sealed.get("keyResult")), sealed.get("value"));
    List<Object> stated = list(receipt.get("populations"));
    List<Object> its = list(sealed.get("inputs"));
    if (stated.size() != its.size()) {
      findings.add(
          place + "names %d populations for %d inputs".formatted(stated.size(), its.size()));
      return;
    }
    for (int i = 0; i < its.size(); i++) {
      input(map(its.get(i)), map(stated.get(i)), place);
    }
    readings++;
  }

  /** Whether a value moved, was counted again as before, or is said to be missing. */
  private static boolean isOfReading(Map<String, Object> entry) {
    return List.of("key-result.moved", "key-result.recounted", "key-result.missing")
        .contains(entry.get("action"));
  }

  private void sealed(
      Map<String, Object> receipt, Map<String, Object> sealed, String place, Set<Long> referred) {
    Map<String, Object> entry =
        receipt.get("entry") == null ? null : entries.get(number(receipt.get("entry")));
    if (entry == null
        || !isOfReading(entry)
        || !entry.get("subject").equals(sealed.get("keyResult"))
        || !entry.get("at").equals(sealed.get("at"))) {
      findings.add(place + "no audit entry tells of it");
      return;
    }
    if (!referred.add(number(entry.get("sequence")))) {
      findings.add(place + "names an audit entry that another reading names");
    }
    String detail = string(entry.get("detail"));
    String seal = sha256(canonical(sealed).getBytes(StandardCharsets.UTF_8));
    if (detail.contains("; sealed ") && !detail.endsWith("; sealed " + seal)) {
      findings.add(place + "is not what audit entry %s sealed".formatted(entry.get("sequence")));
    }
  }

  /** What the seal does not cover stands elsewhere in the pack, under a seal of its own. */
  private void told(Map<String, Object> receipt, Map<String, Object> sealed, String place) {
    long version = number(sealed.get("configVersion"));
    Map<String, Object> its =
        defined.getOrDefault(version, Map.of("keyResults", Map.of(), "measures", Map.of()));
    Map<String, Object> configuration = null;
    if (configurations.containsKey(version)) {
      configuration = new HashMap<>();
      for (String key : List.of("version", "digest", "loadedAt")) {
        configuration.put(key, configurations.get(version).get(key));
      }
    }
    Set<Object> versions = new LinkedHashSet<>();
    Set<Object> used = new LinkedHashSet<>();
    for (Object input : list(sealed.get("inputs"))) {
      versions.add(map(input).get("version"));
      used.add(map(input).get("run"));
    }
    String id = string(sealed.get("keyResult")).replaceFirst("(?s)/.*", "");
    String seal = sha256(canonical(sealed).getBytes(StandardCharsets.UTF_8));
    Map<String, Object> measuresThen = map(its.get("measures"));
    same(place, "format", receipt.get("receipt"), "okr-sync-receipt/1");
    same(place, "seal", receipt.get("seal"), seal);
    same(place, "configuration", receipt.get("configuration"), configuration);
    same(place, "key result", receipt.get("keyResult"), map(its.get("keyResults")).get(id));
    same(place, "measures", receipt.get("measures"), those(versions, measuresThen));
    same(place, "runs", receipt.get("runs"), those(used, runs));
  }

  private static List<Object> those(Set<Object> keys, Map<?, ?> of) {
    return keys.stream().<Object>map(of::get).filter(Objects::nonNull).toList();
  }

  private void same(String place, String what, Object told, Object elsewhere) {
    if (!Objects.equals(told, elsewhere)) {
      findings.add(place + "does not tell the " + what + " that the pack has elsewhere");
    }
  }

  /** Counts again, and aggregates again, from the population. */
  private void input(Map<String, Object> input, Map<String, Object> stated, String place) {
    inputs++;
    String name = place + "input " + input.get("name") + " ";
    String version = string(input.get("version"));
    if (!input.get("name").equals(stated.get("input"))) {
      findings.add(name + "has the population of another");
    }
    if (input.get("run") == null) {
      counted(input, List.of(), stated, name); // its source was not read yet
      return;
    }
    if (Boolean.TRUE.equals(stated.get("unknown"))) {
      unknown++;
      return; // its configuration could not be read any more
    }
    if (!populations.containsKey(version)) {
      findings.add(name + "has no population of " + version);
      return;
    }
    List<Row> counting = counting(input, list(stated.getOrDefault("among", List.of())));
    counting = counting == null ? List.of() : counting;
    if (stated.get("key") != null) {
      String key = string(stated.get("key"));
      counting = counting.stream().filter(it -> key.equals(it.keyOrEmpty())).toList();
      if (!string(input.get("name")).endsWith(key.isEmpty() ? "[no key]" : "['" + key + "']")) {
        findings.add(name + "is not named after its key");
      }
    }
    counted(input, counting, stated, name);
    if (input.get("value") != null && counting.stream().anyMatch(it -> it.problem() != null)) {
      findings.add(name + "has a value, though a record cannot be used");
    } else if (input.get("value") != null) {
      String again = aggregate(measures.get(version), counting);
      if (again != null && !again.equals(input.get("value"))) {
        findings.add(name + "says %s, but computed again %s".formatted(input.get("value"), again));
      }
    }
  }

  private void counted(
      Map<String, Object> input, List<Row> counting, Map<String, Object> stated, String name) {
    if (counting.size() != number(input.get("records"))) {
      findings.add(
          name
              + "says %s records, but the population has %d"
                  .formatted(input.get("records"), counting.size()));
    }
    BigDecimal sum =
        counting.stream()
            .filter(it -> it.amount() != null)
            .map(Row::value)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (number(stated.get("records")) != counting.size()
        || !string(stated.get("sum")).equals(plain(sum))) {
      findings.add(name + "has other control totals than its population");
    }
    if (!digest(counting).equals(stated.get("digest"))) {
      findings.add(name + "was made of other records than the population has");
    }
  }

  /**
   * The records of a measure that counted in a window as of a run, as far as their keys are among
   * those of other such records, or are not. Null where the source of one of the measures was not
   * read yet.
   */
  private List<Row> counting(Map<String, Object> what, List<Object> among) {
    if (what.get("run") == null) {
      return null;
    }
    Instant from = Instant.parse(string(what.get("from")));
    Instant to = Instant.parse(string(what.get("to")));
    long run = number(what.get("run"));
    List<Row> rows =
        populations.getOrDefault(string(what.get("version")), List.of()).stream()
            .filter(it -> it.counts(from, to, run))
            .toList();
    for (Object each : among) {
      Map<String, Object> others = map(each);
      List<Row> having = counting(others, list(others.get("among")));
      if (having == null) {
        return null;
      }
      Set<String> keys = having.stream().map(Row::key).collect(Collectors.toSet());
      boolean inside = Boolean.TRUE.equals(others.get("inside"));
      rows = rows.stream().filter(it -> it.isAmong(keys, inside)).toList();
    }
    return rows;
  }

  /** SHA-256 of the sum, modulo 2^2048, of a number for each record: its order does not matter. */
  private static String digest(List<Row> rows) {
    BigInteger sum =
        rows.stream().map(Row::hash).reduce(BigInteger.ZERO, BigInteger::add).mod(MODULUS);
    return sha256("%0512x".formatted(sum).getBytes(StandardCharsets.UTF_8));
  }

  /** Null where this verifier does not know the aggregate. */
  private static String aggregate(Map<String, Object> measure, List<Row> rows) {
    List<BigDecimal> sorted =
        rows.stream().filter(it -> it.amount() != null).map(Row::value).sorted().toList();
    BigDecimal sum = sorted.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal value =
        switch (string(measure.get("aggregate"))) {
          case "count" -> BigDecimal.valueOf(rows.size());
          case "distinct" ->
              BigDecimal.valueOf(
                  rows.stream().map(Row::item).filter(Objects::nonNull).distinct().count());
          case "sum" -> sum;
          case "average" ->
              sorted.isEmpty() ? null : sum.divide(BigDecimal.valueOf(sorted.size()), DIGITS);
          case "min" -> sorted.isEmpty() ? null : sorted.get(0);
          case "max" -> sorted.isEmpty() ? null : sorted.get(sorted.size() - 1);
          case "median" ->
              sorted.isEmpty()
                  ? null
                  : sorted
                      .get((sorted.size() - 1) / 2)
                      .add(sorted.get(sorted.size() / 2))
                      .divide(BigDecimal.valueOf(2));
          case "percentile" ->
              sorted.isEmpty()
                  ? null
                  : sorted.get(ranked(string(measure.get("rank")), sorted.size()));
          case "latest" ->
              rows.stream()
                  .filter(it -> it.amount() != null)
                  .max(
                      (one, other) ->
                          one.at().equals(other.at())
                              ? one.record().compareTo(other.record())
                              : one.at().compareTo(other.at()))
                  .map(Row::value)
                  .orElse(null);
          default -> null;
        };
    return value == null ? null : plain(rounded(value));
  }

  /** By nearest rank: the least that so many of a hundred do not exceed. */
  private static int ranked(String rank, int size) {
    return new BigDecimal(rank)
            .multiply(BigDecimal.valueOf(size))
            .movePointLeft(2)
            .setScale(0, RoundingMode.CEILING)
            .intValueExact()
        - 1;
  }

  // ---- small readers: text, CSV, JSON

  private List<String> lines(String name) {
    byte[] file = files.get(name);
    if (file == null) {
      throw new IllegalArgumentException("it is missing");
    }
    return text(file).lines().toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads CSV line by line; cells in double quotes may hold commas and line ends. */
  private static final class Csv {
    private final String text;
    private int place;

    Csv(String text) {
      this.text = text;
    }

    /** The cells of the next line; null after the last. */
    List<String> line() {
      if (place == text.length()) {
        return null;
      }
      List<String> cells = new ArrayList<>();
      StringBuilder cell = new StringBuilder();
      boolean quoted = false;
      while (place < text.length()) {
        char c = text.charAt(place++);
        if (quoted && c == '"' && place < text.length() && text.charAt(place) == '"') {
          cell.append(text.charAt(place++));
        } else if (c == '"') {
          quoted = !quoted;
        } else if (quoted || (c != ',' && c != '\n' && c != '\r')) {
          cell.append(c);
        } else if (c != '\r') {
          cells.add(cell.toString());
          cell.setLength(0);
          if (c == '\n') {
            return cells;
          }
        }
      }
      throw new IllegalArgumentException("it does not end with a line");
    }
  }

  /** An apostrophe before a text keeps spreadsheets from taking it for a formula. */
  private static String unescaped(String cell) {
    return cell.startsWith("'") ? cell.substring(1) : cell;
  }

  /** An empty cell is none; an apostrophe alone is a text that is empty. */
  private static String emptyIsNull(String cell) {
    return cell.isEmpty() ? null : unescaped(cell);
  }

  private static BigDecimal rounded(BigDecimal number) {
    return number.setScale(10, RoundingMode.HALF_EVEN);
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static Map<String, Object> object(String json) {
    return map(new Json(json).all());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    if (!(value instanceof Map)) {
      throw new IllegalArgumentException("an object is needed where there is " + value);
    }
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    if (!(value instanceof List)) {
      throw new IllegalArgumentException("a list is needed where there is " + value);
    }
    return (List<Object>) value;
  }

  private static String string(Object value) {
    if (!(value instanceof String text)) {
      throw new IllegalArgumentException("a text is needed where there is " + value);
    }
    return text;
  }

  private static long number(Object value) {
    if (!(value instanceof Long number)) {
      throw new IllegalArgumentException("a whole number is needed where there is " + value);
    }
    return number;
  }

  private static String canonical(Object value) {
    if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map)
          .entrySet().stream()
              .map(it -> quoted(it.getKey().toString()) + ":" + canonical(it.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Verify::canonical).collect(Collectors.joining(",", "[", "]"));
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int special = "\b\t\n\f\r\"\\".indexOf(c);
      if (special >= 0) {
        json.append('\\').append("btnfr\"\\".charAt(special));
      } else {
        json.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return json.append('"').toString();
  }

  /** Reads JSON as far as packs use it: the only numbers are whole ones. */
  private static final class Json {
    private final String text;
    private int place;

    Json(String text) {
      this.text = text;
    }

    Object all() {
      Object value = value();
      if (place != text.length()) {
        throw wrong();
      }
      return value;
    }

    private Object value() {
      char c = peek();
      if (c == '{') {
        return object();
      }
      if (c == '[') {
        return list();
      }
      if (c == '"') {
        return string();
      }
      int end = place;
      while (end < text.length() && "truefalsn-0123456789".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      String word = text.substring(place, end);
      place = end;
      return switch (word) {
        case "null" -> null;
        case "true" -> true;
        case "false" -> false;
        default -> Long.valueOf(word);
      };
    }

    private Map<String, Object> object() {
      Map<String, Object> map = new LinkedHashMap<>();
      take('{');
      while (peek() != '}') {
        if (!map.isEmpty()) {
          take(',');
        }
        String key = string();
        take(':');
        if (map.containsKey(key)) {
          throw wrong();
        }
        map.put(key, value());
      }
      take('}');
      return map;
    }

    private List<Object> list() {
      List<Object> list = new ArrayList<>();
      take('[');
      while (peek() != ']') {
        if (!list.isEmpty()) {
          take(',');
        }
        list.add(value());
      }
      take(']');
      return list;
    }

    private String string() {
      StringBuilder string = new StringBuilder();
      take('"');
      while (peek() != '"') {
        char c = text.charAt(place++);
        string.append(c == '\\' ? escaped() : c);
      }
      take('"');
      return string.toString();
    }

    private char escaped() {
      char c = peek();
      place++;
      if (c == 'u') {
        place += 4;
        return (char) Integer.parseInt(text.substring(place - 4, place), 16);
      }
      int special = "btnfr\"\\/".indexOf(c);
      if (special < 0) {
        throw wrong();
      }
      return "\b\t\n\f\r\"\\/".charAt(special);
    }

    private char peek() {
      if (place >= text.length()) {
        throw wrong();
      }
      return text.charAt(place);
    }

    private void take(char expected) {
      if (peek() != expected) {
        throw wrong();
      }
      place++;
    }

    private IllegalArgumentException wrong() {
      return new IllegalArgumentException("no JSON at character " + (place + 1));
    }
  }

  // ---- cryptography

  private static boolean isSigned(String key, byte[] bytes, String signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
      check.update(bytes);
      byte[] signed = Base64.getDecoder().decode(signature);
      // In one form only: Java takes a longer one, and other idle bits at its end, for the same.
      return signed.length == 64
          && Base64.getEncoder().encodeToString(signed).equals(signature)
          && check.verify(signed);
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      return false;
    }
  }

  private static String keyId(String key) {
    return sha256(key.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /** Four times SHA-512, of the text and the digits 0 to 3, one after the other as one number. */
  private static BigInteger wide(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-512");
      ByteArrayOutputStream wide = new ByteArrayOutputStream();
      for (int i = 0; i < 4; i++) {
        wide.writeBytes(sha.digest((text + i).getBytes(StandardCharsets.UTF_8)));
      }
      return new BigInteger(1, wide.toByteArray());
    } catch (GeneralSecurityException impossible) {
      throw new UncheckedIOException(new IOException(impossible));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new UncheckedIOException(new IOException(impossible));
    }
  }
}
