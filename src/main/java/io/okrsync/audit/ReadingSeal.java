package io.okrsync.audit;

import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResultChange;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the audit entry of a moved key result seals: the whole reading with its inputs, as canonical
 * JSON, by its SHA-256.
 */
public final class ReadingSeal {
  private ReadingSeal() {}

  /** The part of a receipt that is sealed. */
  public static Map<String, @Nullable Object> content(
      KeyResultChange change, @Nullable Long run, long configVersion) {
    Map<String, @Nullable Object> content = new TreeMap<>();
    content.put("keyResult", change.keyResult());
    content.put("value", change.to());
    content.put("previous", change.from());
    content.put("reason", change.reason());
    content.put("cause", change.cause().name());
    content.put("at", change.at().truncatedTo(ChronoUnit.MICROS));
    content.put("run", run);
    content.put("configVersion", configVersion);
    content.put("inputs", inputs(change.inputs()));
    return content;
  }

  /** The seal as it stands in the entry. */
  static String of(KeyResultChange change, @Nullable Long run, long configVersion) {
    return CanonicalJson.digest(CanonicalJson.of(content(change, run, configVersion)));
  }

  private static List<Map<String, @Nullable Object>> inputs(List<Input> inputs) {
    return inputs.stream().map(ReadingSeal::input).toList();
  }

  private static Map<String, @Nullable Object> input(Input input) {
    Map<String, @Nullable Object> content = new TreeMap<>();
    content.put("name", input.name());
    content.put("version", input.version());
    content.put("from", input.from());
    content.put("to", input.to());
    content.put("run", input.run());
    content.put("records", input.records());
    content.put("value", input.value());
    content.put("reason", input.reason());
    return content;
  }
}
