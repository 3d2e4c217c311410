package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A record whose date cannot be computed may belong to any window: it is a reason in all of them
 * until it is repaired or gone, and whoever counts again finds the same.
 */
class UndatedRecordTest {
  private static final String WHY =
      "records that count for 'signed' cannot be used; the first is '3': at: 'soon' is not a time;"
          + " one looks like 2026-10-01T00:00:00Z";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private Workspace workspace;

  private Map<String, String> reasons = Map.of();

  @BeforeEach
  void two_contracts() throws IOException {
    workspace = new Workspace(folder);
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        """
        signed: { from: deals, at: timestamp(custom.signed), count: true, by: owner }
        worth:  { from: deals, at: timestamp(custom.signed), max: value }
        """,
        """
        - { id: signed, title: Sign 10 contracts, formula: signed, baseline: 0, target: 10 }
        - { id: before, title: Sign 11 contracts, formula: previous(signed) + 1, baseline: 0, target: 11 }
        - { id: worth, title: Sell one for 100, formula: worth, baseline: 0, target: 100 }
        - { id: keyed, title: Sign 12 contracts, formula: "max(groups(signed)) + among(signed, signed)", baseline: 0, target: 12 }
        """);
    sync("1,2026-10-05T12:00:00Z,", "2,2026-11-05T12:00:00Z,");
  }

  @Test
  void it_is_a_reason_in_every_window_until_it_is_repaired() throws IOException {
    assertThat(reasons).isEmpty();

    // It was never changed as far as the source tells, and its only date is in another year.
    sync("1,2026-10-05T12:00:00Z,", "2,2026-11-05T12:00:00Z,", "3,soon,2028-02-01T00:00:00Z");

    assertThat(reasons.get("signed")).isEqualTo("missing field: 1 of 3 " + WHY);
    assertThat(reasons.get("before"))
        .isEqualTo("missing field: in previous(signed), 2026-07-01 to 2026-09-30, 1 of 1 " + WHY);
    assertThat(reasons.get("worth")).startsWith("missing field: 1 of 3 ");
    assertThat(reasons.get("keyed")).contains("1 of 3 " + WHY);

    sync("1,2026-10-05T12:00:00Z,", "2,2026-11-05T12:00:00Z,", "3,2028-01-01T00:00:00Z,");

    assertThat(reasons).isEmpty();
  }

  @Test
  void it_is_a_reason_no_more_when_it_is_gone() throws IOException {
    sync("1,2026-10-05T12:00:00Z,", "2,2026-11-05T12:00:00Z,", "3,soon,");
    assertThat(reasons.get("before")).endsWith(WHY);
    sync("1,2026-10-05T12:00:00Z,", "2,2026-11-05T12:00:00Z,");
    assertThat(reasons).isEmpty();
  }

  @Test
  void a_record_whose_key_cannot_be_told_is_a_reason_where_keys_are_matched() throws IOException {
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        """
        closing: { from: deals, at: expectedCloseAt, count: true, by: "timestamp(custom.signed) < timestamp('2027-01-01T00:00:00Z') ? 'this' : 'next'" }
        """,
        """
        - { id: matched, title: Close 10 contracts, formula: sum(matched(closing)), baseline: 0, target: 10 }
        """);
    sync("1,2026-10-05T12:00:00Z,2026-11-01T00:00:00Z", "2,,2026-11-02T00:00:00Z");
    assertThat(reasons).as("what has no key is not matched").isEmpty();

    sync("1,2026-10-05T12:00:00Z,2026-11-01T00:00:00Z", "2,soon,2026-11-02T00:00:00Z");

    assertThat(reasons.get("matched"))
        .contains("the first is '2': by: 'soon' is not a time; one looks like");
  }

  @Test
  void whoever_counts_again_finds_the_same() throws Exception {
    sync("1,2026-10-05T12:00:00Z,", "2,2026-11-05T12:00:00Z,", "3,soon,");
    sync("1,2026-10-05T12:00:00Z,", "2,2026-11-05T12:00:00Z,", "3,soon,2028-02-01T00:00:00Z");

    assertThat(workspace.run("replay").exit()).isZero();
    assertThat(workspace.run("verify").exit()).isZero();
    Pack pack = Pack.exported(workspace, folder.resolve("pack.zip"));
    assertThat(pack.findings(null)).isEmpty();
    assertThat(pack.text("population/1.csv")).contains("record,3,2,3,,,,ann,,at: ");

    sync(
        "1,2026-10-05T12:00:00Z,",
        "2,2026-11-05T12:00:00Z,",
        "3,2026-11-20T03:00:00Z,2028-02-01T00:00:00Z");
    assertThat(workspace.run("explain", "signed", "--from", "2026-11-21T06:30:00Z").out())
        .contains("2 at ", "3 at ", "3 of deals, 2026-11-20T03:00:00Z: nothing -> 1, run 4");
  }

  @Test
  void a_plan_names_it_where_it_would_enter() throws IOException {
    sync("1,2026-10-05T12:00:00Z,", "2,2026-11-05T12:00:00Z,", "3,,");
    Path measures = workspace.config().resolve("measures.yaml");
    workspace.write(
        "config/measures.yaml",
        Files.readString(measures)
            .replace(
                "timestamp(custom.signed)",
                "\"timestamp(custom.signed == null ? 'never' : custom.signed)\""));
    assertThat(workspace.run("plan").all()).contains("+ 1 enter: 3");
  }

  private void sync(String... rows) throws IOException {
    clock.move(Duration.ofHours(1));
    StringBuilder text = new StringBuilder("id,owner,value,signed,expectedCloseAt\n");
    for (String row : rows) {
      text.append(row.replaceFirst(",", ",ann,10,")).append("\n");
    }
    Path file = Files.writeString(folder.resolve("deals.csv"), text);
    Files.setLastModifiedTime(
        file, FileTime.from(Files.getLastModifiedTime(file).toInstant().minusSeconds(3600)));
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      reasons = new TreeMap<>();
      service.standings().now().stream()
          .flatMap(it -> it.keyResults().stream())
          .filter(it -> it.reason() != null)
          .forEach(it -> reasons.put(it.keyResult().id(), requireNonNull(it.reason())));
    }
  }
}
