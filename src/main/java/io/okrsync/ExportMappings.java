package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.measure.Measure;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import java.io.IOException;
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

/** {@code export mappings --to FILE}: how what is measured was defined, and since when. */
@Command(
    name = "mappings",
    description =
        "Writes as CSV what each configuration changed: files, measures and key results, from what"
            + " to what.")
final class ExportMappings implements Callable<Integer> {
  @Mixin ExportTarget target = new ExportTarget();
  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (OpenedLedger ledger = OpenedLedger.open(folders, database)) {
      Evidence evidence = ledger.evidence();
      StoredSetups setups = ledger.setups();
      target.csv(csv -> write(evidence, setups, csv));
      spec.commandLine()
          .getOut()
          .printf(
              "%s: what %d configurations changed%n",
              target.name(), evidence.configurationVersions().size());
      return Main.OK;
    }
  }

  private static void write(Evidence evidence, StoredSetups setups, SafeCsv csv) {
    csv.line("configuration", "loaded_at", "what", "name", "key", "from", "to");
    Map<String, Map<String, String>> before = new TreeMap<>();
    for (long version : evidence.configurationVersions()) {
      ConfigurationText text = evidence.configuration(version).orElse(null);
      if (text == null) {
        continue; // verify names it
      }
      Map<String, Map<String, String>> now = new TreeMap<>();
      now.put("file", digests(text));
      StoredSetups.Compiled compiled = setups.version(version);
      if (compiled.setup() == null) {
        csv.line(version, text.loadedAt(), "configuration", "", "", "", compiled.why());
      } else {
        now.putAll(definitions(compiled.setup()));
        before.keySet().forEach(it -> now.putIfAbsent(it, Map.of()));
      }
      now.forEach(
          (thing, keys) ->
              changes(before.getOrDefault(thing, Map.of()), keys)
                  .forEach(key -> line(csv, text, thing, key, before.get(thing), keys)));
      before.putAll(now);
    }
  }

  private static void line(
      SafeCsv csv,
      ConfigurationText text,
      String thing,
      String key,
      @Nullable Map<String, String> before,
      Map<String, String> now) {
    String[] named = thing.split(" ", 2);
    csv.line(
        text.version(),
        text.loadedAt(),
        named[0],
        named.length > 1 ? named[1] : key,
        named.length > 1 ? key : "sha256",
        before == null ? null : before.get(key),
        now.get(key));
  }

  private static Set<String> changes(Map<String, String> before, Map<String, String> now) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    keys.removeIf(it -> Objects.equals(before.get(it), now.get(it)));
    return keys;
  }

  private static Map<String, String> digests(ConfigurationText text) {
    Map<String, String> digests = new TreeMap<>();
    text.files().forEach((name, it) -> digests.put(name, CanonicalJson.digest(it)));
    return digests;
  }

  /** By "measure NAME" or "key-result ID": each key and what it is. */
  private static Map<String, Map<String, String>> definitions(Setup setup) {
    Map<String, Map<String, String>> all = new TreeMap<>();
    for (Measure measure : setup.configuration().measures().values()) {
      all.put("measure " + measure.definition().name(), texts(Receipts.measure(measure)));
    }
    for (KeyResult keyResult : setup.keyResults()) {
      all.put("key-result " + keyResult.id(), texts(Receipts.definition(keyResult)));
    }
    return all;
  }

  private static Map<String, String> texts(Map<String, @Nullable Object> content) {
    Map<String, String> texts = new TreeMap<>();
    content.forEach(
        (key, value) -> {
          if (value != null) {
            texts.put(key, value.toString());
          }
        });
    return texts;
  }
}
