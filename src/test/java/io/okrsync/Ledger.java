package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.AuditChain;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import io.okrsync.faults.Scenario;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What must hold of all that is stored, whatever happened to the process. */
final class Ledger {
  private static final int ALL = 1_000_000;

  private Ledger() {}

  /** The values are the oracle's, no run counts twice, and the audit chain is whole. */
  static void check(StoreSettings database, Scenario scenario, String story) {
    try (Store store = Store.open(database)) {
      List<SealedEntry> audit = new ArrayList<>(store.entries(EntryFilter.ALL, ALL));
      Collections.reverse(audit);
      assertThat(AuditChain.verify(audit)).as(story).isEmpty();

      List<SyncRun> well =
          store.runs(scenario.name(), ALL).stream().filter(run -> run.outcome().isWell()).toList();
      long published =
          audit.stream().filter(it -> it.entry().action().equals("run.published")).count();
      assertThat(published).as("each run published once; " + story).isEqualTo(well.size());

      List<KeyResultReading> counts = store.history(FaultyTools.id(scenario, "count"), ALL);
      List<KeyResultReading> sums = store.history(FaultyTools.id(scenario, "sum"), ALL);
      for (List<KeyResultReading> history : List.of(counts, sums)) {
        continuous(history, story);
        assertThat(history.stream().map(KeyResultReading::run).filter(run -> run != null))
            .as(story)
            .doesNotHaveDuplicates()
            .isSubsetOf(well.stream().map(SyncRun::id).toList());
      }
      assertThat(counts.get(0).value()).as(story).isEqualByComparingTo(scenario.trueCount());
      assertThat(sums.get(0).value()).as(story).isEqualByComparingTo(scenario.trueSum());
    }
  }

  /** Each reading begins where the one before ended. */
  private static void continuous(List<KeyResultReading> newestFirst, String story) {
    for (int i = 0; i + 1 < newestFirst.size(); i++) {
      assertThat(Optional.ofNullable(newestFirst.get(i).previous()))
          .as(story)
          .isEqualTo(Optional.ofNullable(newestFirst.get(i + 1).value()));
    }
  }
}
