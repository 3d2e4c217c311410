package io.okrsync.audit;

import io.okrsync.sync.Counts;
import io.okrsync.sync.SyncRun;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the audit entry of a run that ended seals: all that is told of the run, as canonical JSON,
 * by its SHA-256.
 */
public final class RunSeal {
  private RunSeal() {}

  /**
   * As receipts and packs tell it.
   *
   * @param definition a digest of the source's settings, and the connector's version; null where it
   *     did not begin
   * @param versions what it did to versions of records; null where it was not published, or began
   *     before that was told
   */
  public static Map<String, @Nullable Object> content(
      SyncRun run, @Nullable String definition, @Nullable String versions) {
    Counts counts = run.counts();
    Map<String, @Nullable Object> content = new TreeMap<>();
    content.put("id", run.id());
    content.put("source", run.source());
    content.put("kind", run.kind().name());
    content.put("trigger", run.trigger().name());
    content.put("outcome", run.outcome().name());
    content.put("reason", run.reason());
    content.put("startedAt", run.startedAt());
    content.put("finishedAt", run.finishedAt());
    content.put("since", run.since());
    content.put("until", run.until());
    content.put("read", counts.read());
    content.put("created", counts.created());
    content.put("changed", counts.changed());
    content.put("unchanged", counts.unchanged());
    content.put("removed", counts.removed());
    content.put("rejected", counts.rejected());
    content.put("total", counts.total());
    content.put("definition", definition);
    if (versions != null) {
      content.put("versions", versions);
    }
    return content;
  }

  /** The seal as it stands in the entry. */
  static String of(SyncRun run, @Nullable String definition, @Nullable String versions) {
    return CanonicalJson.digest(CanonicalJson.of(content(run, definition, versions)));
  }
}
