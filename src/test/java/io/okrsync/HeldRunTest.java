package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.Workspace.Said;
import io.okrsync.schedule.Concerns;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that moves a value too far waits for a person, and what the person says is done. */
class HeldRunTest {
  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_run_is_held() {
    workspace = new Workspace(folder).withCrm(crm.url());
    String sources = workspace.read("config/sources.yaml");
    workspace.write("config/sources.yaml", sources + "    guard: { jump: 300% }\n");
    crm.won(1, "100");
    crm.lost(2);
    assertThat(workspace.run("sync").exit()).isZero();
    crm.won(3, "1000");

    Said held = workspace.run("sync");

    assertThat(held.exit()).isEqualTo(1);
    assertThat(held.out())
        .contains("run 2  held", "it would move revenue from 100 to 1100, by 1000%")
        .contains("'okr-sync release 2 --reason TEXT' or 'okr-sync discard 2 --reason TEXT'");
    assertThat(revenue()).isEqualTo("100");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void until_somebody_decides_no_other_run_begins_and_the_schedule_says_so_once() {
    try (Service service = open()) {
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE)).isEqualTo(new Answer.Held(2));
      service.runs().run("crm", Trigger.SCHEDULE);
      service.runs().run("crm", Trigger.SCHEDULE);

      assertThat(service.store().runs("crm", 9))
          .extracting(it -> it.outcome())
          .containsExactly(Outcome.SKIPPED, Outcome.HELD, Outcome.OK);
      assertThat(service.store().runs("crm", 1).get(0).reason())
          .startsWith("run 2 is held: it would move revenue")
          .endsWith("; release or discard it");
    }
    assertThat(workspace.run("sync").out()).contains("skipped", "release or discard it");
    assertThat(workspace.run("status").out())
        .contains("source crm: run 2 is held", "'okr-sync release 2 --reason TEXT'");
  }

  @Test
  void however_often_it_is_asked_for_meanwhile_it_is_held() {
    try (Service service = open()) {
      for (int times = 0; times <= Concerns.RUNS; times++) {
        service.runs().run("crm", Trigger.MANUAL);
      }
      var state = service.store().sourceStates().get("crm");
      var schedule = service.setup().configuration().schedules().get("crm");
      assertThat(service.concerns("crm", schedule, state))
          .extracting(Concern::kind)
          .containsExactly(Concern.Kind.HELD);
    }
    assertThat(workspace.run("status").out())
        .contains("'okr-sync release 2 --reason TEXT'")
        .doesNotContain("never attempted");
  }

  @Test
  void what_waits_for_the_decision_says_so_until_it_is_made() {
    assertThat(reasonOfRevenue())
        .startsWith("run 2 of 'crm' is held: it would move revenue from 100 to 1100")
        .endsWith("; release or discard it");

    workspace.run("discard", "2", "--reason", "a typing error");

    assertThat(reasonOfRevenue()).isNull();
  }

  @Test
  void what_cannot_be_read_says_why_and_that_a_run_waits() {
    workspace.write(
        "config/measures.yaml",
        workspace
            .read("config/measures.yaml")
            .replace("sum: value", "sum: value / (value - value)"));

    assertThat(reasonOfRevenue())
        .startsWith("run 2 of 'crm' is held: it would move revenue")
        .contains("; release or discard it; ");
  }

  @Test
  void released_it_is_published_and_the_log_says_by_whom_and_why() {
    Said released = workspace.run("release", "2", "--by", "Ani", "--reason", "a big deal, checked");

    assertThat(released.exit()).as(released.all()).isZero();
    assertThat(released.out()).contains("run 2  OK", "a big deal, checked");
    assertThat(revenue()).isEqualTo("1100");
    assertThat(workspace.run("log", "--actor", "Ani").out())
        .contains("run.released", "run 2: a big deal, checked");
    assertThat(workspace.run("log", "--action", "run.held").out()).contains("run.held");
    assertThat(workspace.run("log", "--action", "run.relesed").err())
        .contains(
            "No entry of the log is of the action 'run.relesed', did you mean 'run.released'?");
    assertThat(workspace.run("log", "--source", "crn", "--actor", "Bob").err())
        .contains("No entry of the log is about a source 'crn'", "No entry of the log is by 'Bob'");
    assertThat(workspace.run("sync").exit()).isZero();
  }

  @Test
  void discarded_it_changes_nothing_and_the_next_run_reads_again() {
    Said discarded = workspace.run("discard", "2", "--reason", "a typing error");

    assertThat(discarded.exit()).as(discarded.all()).isZero();
    assertThat(discarded.out()).contains("run 2  discarded", "a typing error");
    assertThat(workspace.run("log", "--action", "run.discarded").out())
        .containsOnlyOnce("run.discarded")
        .contains("run 2: read 3, created 1", "discarded by", "a typing error");
    assertThat(revenue()).isEqualTo("100");
    assertThat(workspace.run("sync").out()).contains("run 3  held", "1 created");
  }

  @Test
  void nothing_is_decided_without_a_reason_or_about_another_run() {
    assertThat(workspace.run("release", "2").exit()).isEqualTo(2);
    assertThat(workspace.run("release", "two").err())
        .contains("(RUN): 'two' is not a whole number", "See 'okr-sync release --help'.");
    assertThat(workspace.run("release", "2", "--reason", " ").err())
        .contains("--reason must say in a few words why");
    assertThat(workspace.run("release", "2", "--reason", "x", "--by", " ").err())
        .contains("--by must say who decides");
    assertThat(workspace.run("release", "9", "--reason", "x").err()).contains("there is no run 9");
    Said ended = workspace.run("discard", "1", "--reason", "x");
    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("run 1 is not held; it is OK");
  }

  @Test
  void what_was_read_by_other_settings_cannot_be_released() {
    String sources = workspace.read("config/sources.yaml");
    workspace.write("config/sources.yaml", sources.replace(crm.url(), crm.url() + "/"));

    Said refused = workspace.run("release", "2", "--reason", "x");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("configured anew", "discard it");
    assertThat(workspace.run("discard", "2", "--reason", "x").exit()).isZero();
  }

  private @Nullable String reasonOfRevenue() {
    try (Service service = open()) {
      return service.standings().now().stream()
          .flatMap(it -> it.keyResults().stream())
          .filter(it -> it.keyResult().id().equals("revenue"))
          .findFirst()
          .orElseThrow()
          .reason();
    }
  }

  private Service open() {
    return workspace.service(Main.clock());
  }

  private String revenue() {
    Said said = workspace.run("status", "--json");
    assertThat(said.exit()).as(said.all()).isZero();
    return said.out()
        .replaceAll("(?s).*\"id\":\"revenue\".*?\"value\":([0-9.]+).*", "$1")
        .replaceAll("\\.0*$", "");
  }
}
