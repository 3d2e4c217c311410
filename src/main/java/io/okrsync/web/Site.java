package io.okrsync.web;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Statement;
import io.okrsync.store.KeyResultReading;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Differences;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.Intake;
import io.okrsync.sync.RunFilter;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that pages and API show. Its methods may read the database: they are never called on an event
 * loop, and several may be called at a time.
 */
public interface Site {
  /** As they stand at {@link #now()}, in the order of the configuration. */
  List<ObjectiveStanding> objectives();

  Optional<KeyResultDetail> keyResult(String id);

  /** The newest readings of a key result, newest first. */
  List<KeyResultReading> history(String keyResult, int limit);

  /** What people said about a key result, newest first. */
  List<CheckIn> checkIns(String keyResult, int limit);

  /** Notes what a person says about a key result that is there. */
  void checkIn(CheckIn said);

  /** What people stated about a key result, newest first. */
  List<Statement> statements(String keyResult, int limit);

  /** Notes what a person states about a key result that is there. */
  void state(Statement said);

  /** In the order of the configuration. */
  List<SourceRow> sources();

  /** The newest of the runs that are wanted, newest first. */
  List<SyncRun> runs(RunFilter filter, int limit);

  Optional<SyncRun> run(long id);

  /** The readings that a run published, in their order. */
  List<KeyResultReading> readingsOf(long run, int limit);

  /** What a run found that its counts alone do not tell. */
  Differences differences(long run, int limit);

  /** The latest records that counted in a key result until they were removed, newest first. */
  List<Difference> removals(String keyResult, int limit);

  SyncTrigger trigger();

  HeldRuns held();

  Intake intake();

  /**
   * What a configuration of these files would change, without changing anything.
   *
   * @param files texts by name, as in the folder of the configuration
   */
  Planned plan(Map<String, String> files);

  Audit audit();

  /**
   * What is wrong with the configuration as it is on disk, one entry a problem. Empty while it is
   * the one that runs.
   */
  List<String> configurationProblems();

  /** What is wrong with connector files, one entry a problem; each keeps its last good version. */
  List<String> connectorProblems();

  Instant now();

  /** The zone in which pages show times that belong to no cycle. */
  ZoneId zone();

  /** A line above every page, such as that all data are generated; null for none. */
  @Nullable String banner();

  /** Whether runs are still asked for at their times; once they are not, only a restart helps. */
  boolean schedulerAlive();

  /** Why nothing can be stored, though some may be there to be read; null where something can. */
  @Nullable String storeProblem();

  /** Whether nothing can be stored any more until the service is restarted. */
  boolean storeStuck();
}
