package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.FaultyTools.Story;
import io.okrsync.FaultyTools.Values;
import io.okrsync.audit.AuditChain;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each fault at each way of paging: while it lasts, values stay or are true, and the run says what
 * happened; when it has passed, the values are the oracle's. A seed has a third of all pairs. The
 * short form takes one seed on each database, the long form ({@code -Dfaults=true}) three or {@code
 * -Dfaults.seeds}; a failure names its seed, which {@code -Dfaults.seed} repeats alone. What is
 * observed with the first three seeds is what {@code src/docs/fault-matrix.md} tells.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class FaultsTest {
  private static final List<Outcome> WELL = List.of(Outcome.OK, Outcome.OK_EMPTY);
  private static final int SEEDS_OF_THE_MATRIX = 3;
  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> on_h2() {
    return tests("H2", 1, seed -> StoreSettings.inFolder(folder.resolve("h2-" + seed)));
  }

  @TestFactory
  Stream<DynamicTest> on_postgresql() {
    return tests("PostgreSQL", 2, seed -> Postgres.emptyDatabase().settings());
  }

  private interface Databases {
    StoreSettings ofSeed(long seed) throws Exception;
  }

  private static Stream<DynamicTest> tests(String database, long shortForm, Databases databases) {
    FaultMatrix matrix = new FaultMatrix();
    Stream<DynamicTest> faults =
        seeds(shortForm)
            .boxed()
            .flatMap(seed -> tests(database, seed, settings(databases, seed), matrix));
    return Stream.concat(
        faults,
        Stream.of(DynamicTest.dynamicTest("the matrix of faults, " + database, matrix::check)));
  }

  private static StoreSettings settings(Databases databases, long seed) {
    try {
      return databases.ofSeed(seed);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static LongStream seeds(long shortForm) {
    Long one = Long.getLong("faults.seed");
    if (one != null) {
      return LongStream.of(one);
    }
    return Boolean.getBoolean("faults")
        ? LongStream.rangeClosed(1, Long.getLong("faults.seeds", SEEDS_OF_THE_MATRIX))
        : LongStream.of(shortForm);
  }

  private static Stream<DynamicTest> tests(
      String database, long seed, StoreSettings settings, FaultMatrix matrix) {
    List<DynamicTest> tests = new ArrayList<>();
    try (FaultyTools tools = new FaultyTools(folder.resolve(database + seed), settings, seed)) {
      Map<Scenario, Story> stories = tools.live();
      stories.forEach(
          (scenario, story) -> {
            if (seed <= SEEDS_OF_THE_MATRIX) {
              matrix.observed(scenario.fault(), scenario.dialect(), database, story.inWords());
            }
            tests.add(
                DynamicTest.dynamicTest(
                    "%s on %s, seed %d".formatted(scenario, database, seed),
                    () -> check(scenario, story)));
          });
      List<SealedEntry> audit =
          new ArrayList<>(tools.service().store().entries(EntryFilter.ALL, 1_000_000));
      Collections.reverse(audit);
      tests.add(
          DynamicTest.dynamicTest(
              "the audit chain on %s, seed %d".formatted(database, seed),
              () -> assertThat(AuditChain.verify(audit)).isEmpty()));
    }
    return tests.stream();
  }

  static void check(Scenario scenario, Story story) {
    Fault fault = scenario.fault();
    wellAndTrue(story, "well");
    wellAndTrue(story, "again");
    assertThat(story.readings.get("again")).isEqualTo(story.readings.get("well"));

    for (String moment : List.of("faulty", "still faulty")) {
      SyncRun run = requireNonNull(story.runs.get(moment), moment);
      Values published = story.published.get(moment);
      switch (fault.during()) {
        case TRUE -> wellAndTrue(story, moment);
        case LATER -> wellOrUnproven(run, published, story);
        case PARTIAL, FAILED -> {
          assertThat(run.outcome().name()).as(run.inWords()).isEqualTo(fault.during().name());
          assertThat(run.reason()).contains(fault.words());
          assertThat(run.needsAuthorisation()).isEqualTo(fault.refusesCredentials());
          assertThat(run.continuesAt() != null)
              .isEqualTo(run.outcome() == Outcome.PARTIAL || fault.refusesCredentials());
          assertThat(published).as("values stay").isEqualTo(story.published.get("again"));
        }
      }
    }
    if (fault == Fault.VALUE_DROPPED) {
      trueOrTold(story);
    }
    if (!scenario.needsReadOfEverything()) {
      wellAndTrue(story, "after");
    }
    wellAndTrue(story, "next day");
  }

  /** A sum without an amount it needs is never published; the old one stays, and says why. */
  private static void trueOrTold(Story story) {
    story.truth.forEach(
        (moment, truth) -> {
          Values published = requireNonNull(story.published.get(moment), moment);
          assertThat(published.count()).as(moment).isEqualTo(truth.count());
          if (!published.sum().equals(truth.sum())) {
            assertThat(published.sum())
                .isEqualTo(requireNonNull(story.published.get("again")).sum());
            assertThat(story.reasons.get(moment)).as(moment).contains("is not set");
          }
        });
  }

  /** An empty answer that nothing proves is refused, whatever made it empty. */
  private static void wellOrUnproven(SyncRun run, @Nullable Values published, Story story) {
    if (run.outcome() != Outcome.FAILED) {
      assertThat(run.outcome()).as(run.inWords()).isIn(WELL);
      return;
    }
    assertThat(run.reason()).contains("returned nothing", "nothing is published");
    assertThat(published).as("values stay").isEqualTo(story.published.get("again"));
  }

  private static void wellAndTrue(Story story, String moment) {
    SyncRun run = requireNonNull(story.runs.get(moment), moment);
    assertThat(run.outcome()).as(moment + ": " + run.inWords()).isIn(WELL);
    assertThat(story.published.get(moment))
        .as(moment + ": " + run.inWords())
        .isEqualTo(story.truth.get(moment));
  }
}
