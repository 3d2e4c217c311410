package io.okrsync.connector;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plug-in file in {@code routes/}: how to ask one system for one page of one kind of record.
 *
 * @param name the name sources use, such as {@code pipedrive-deals}: the file's name without {@code
 *     -action.kamelet.yaml}
 * @param kind the kind of its records; null where each source says so itself (property {@code
 *     kind})
 * @param incrementalField the field by which it can read only what changed; {@code @since} means
 *     that this depends on the settings ({@link #readsChanges}), {@code @push} that nothing is
 *     asked for because it is sent to us ({@link #isPushed}); null means that every run reads
 *     everything
 * @param overlap how far behind the cursor each run reads again when the source does not say, for
 *     records that arrive late
 * @param pageMaximum the most records the vendor gives in one page
 * @param ids what lets it list ids alone: {@value #ALWAYS}, or the setting that must be given for
 *     it; null where it cannot
 * @param tellsTotal whether the vendor tells how many records there are
 * @param traps what surprises people about this system, in words
 * @param version the first 12 digits of the SHA-256 of the file
 */
public record Connector(
    String name,
    String title,
    String description,
    @Nullable RecordKind kind,
    @Nullable String incrementalField,
    Deletes deletes,
    @Nullable String ids,
    boolean tellsTotal,
    Duration overlap,
    int pageMaximum,
    List<String> traps,
    List<ConnectorProperty> properties,
    Path file,
    String version) {
  static final String ALWAYS = "true";

  /**
   * Whether this source can be read for what changed since a time; otherwise each run reads all.
   */
  public boolean readsChanges(Source source) {
    if (incrementalField == null) {
      return false;
    }
    return !incrementalField.equals("@since")
        || source.with().values().stream().anyMatch(setting -> setting.contains("@since"));
  }

  /** Whether its sources are not asked, but send to us by themselves. */
  public boolean isPushed() {
    return "@push".equals(incrementalField);
  }

  /** Whether this source can be asked for its ids alone, which is cheap. */
  public boolean listsIds(Source source) {
    return ids != null && (ids.equals(ALWAYS) || source.with().containsKey(ids));
  }

  /** The declared property with this name, if there is one. */
  public Optional<ConnectorProperty> property(String name) {
    return properties.stream().filter(property -> property.name().equals(name)).findFirst();
  }
}
