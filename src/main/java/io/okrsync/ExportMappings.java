package io.okrsync;

import static java.util.Comparator.comparing;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.audit.SealedEntry;
import io.okrsync.config.WrittenKeys;
import io.okrsync.okr.Counted;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code export mappings --to FILE}: how what is measured was defined, and since when. Each key of
 * each file is in it as it is written, so that no change can be missing and no secret is told.
 */
@Command(
    name = "mappings",
    description =
        "Writes as CSV what each configuration changed: each key of each file, from what to what,"
            + " and which measures that defined anew.")
final class ExportMappings implements Callable<Integer> {
  /** Longer texts are cut, and told with their digest. */
  private static final int LONGEST = 2000;

  @Mixin ExportTarget target = new ExportTarget();
  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      Evidence evidence = ledger.evidence();
      StoredSetups setups = ledger.setups();
      target.csv(ledger.store(), "mappings", csv -> write(evidence, setups, csv));
      spec.commandLine()
          .getOut()
          .printf(
              "%s: what %s changed%n",
              target.name(), Counted.of(evidence.configurationVersions().size(), "configurations"));
      return Main.OK;
    }
  }

  private static void write(Evidence evidence, StoredSetups setups, SafeCsv csv) {
    csv.line("configuration", "loaded_at", "by", "entry", "what", "name", "key", "from", "to");
    Map<Long, SealedEntry> told = told(evidence);
    Map<Place, String> before = Map.of();
    for (long version : evidence.configurationVersions()) {
      ConfigurationText text = evidence.configuration(version).orElse(null);
      if (text == null) {
        continue; // verify names it
      }
      Map<Place, String> now = content(text, setups.version(version));
      for (Place place : changes(before, now)) {
        @Nullable SealedEntry entry = told.get(version);
        csv.line(
            version,
            text.loadedAt(),
            entry == null ? null : entry.entry().actor(),
            entry == null ? null : entry.sequence(),
            place.what(),
            place.name(),
            place.key(),
            cell(before.get(place)),
            cell(now.get(place)));
      }
      before = now;
    }
  }

  /** The audit entries that tell of configurations, by the number of the configuration. */
  private static Map<Long, SealedEntry> told(Evidence evidence) {
    Map<Long, SealedEntry> told = new HashMap<>();
    for (SealedEntry each : evidence.entries("configuration.loaded")) {
      ToldRows.number(each).ifPresent(version -> told.put(version, each));
    }
    return told;
  }

  private static Map<Place, String> content(
      ConfigurationText text, StoredSetups.Compiled compiled) {
    Map<Place, String> content = new TreeMap<>();
    text.files()
        .forEach(
            (name, it) -> {
              content.put(new Place("file", name, "sha256"), CanonicalJson.digest(it));
              WrittenKeys.of(name, it)
                  .forEach((key, value) -> content.put(new Place("key", name, key), value));
            });
    Setup setup = compiled.setup();
    if (setup == null) {
      content.put(new Place("configuration", "", ""), compiled.why());
      return content;
    }
    setup
        .configuration()
        .measures()
        .forEach((name, it) -> content.put(new Place("measure", name, "version"), it.version()));
    return content;
  }

  private static Set<Place> changes(Map<Place, String> before, Map<Place, String> now) {
    Set<Place> places = new TreeSet<>(before.keySet());
    places.addAll(now.keySet());
    places.removeIf(it -> Objects.equals(before.get(it), now.get(it)));
    return places;
  }

  /** A value that is empty is told apart from none. */
  private static @Nullable Object cell(@Nullable String value) {
    if (value == null) {
      return null;
    }
    if (value.isEmpty()) {
      return SafeCsv.EMPTY;
    }
    return value.length() <= LONGEST
        ? value
        : "%s… (%d characters, SHA-256 %s)"
            .formatted(value.substring(0, LONGEST), value.length(), CanonicalJson.digest(value));
  }

  /** Where something stands. Files come before their keys, and these before measures. */
  private record Place(String what, String name, String key) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        comparing(Place::what).thenComparing(Place::name).thenComparing(Place::key);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }
}
