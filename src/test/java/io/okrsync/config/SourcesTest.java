package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.FreshnessLimits;
import io.okrsync.connector.Limits;
import io.okrsync.connector.RecordKind;
import io.okrsync.connector.Source;
import io.okrsync.schedule.Comparisons;
import io.okrsync.schedule.Missed;
import io.okrsync.schedule.Schedule;
import io.okrsync.sync.Guard;
import io.okrsync.sync.Kept;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
  private final Folder folder;

  SourcesTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void a_source_has_defaults() {
    folder.sources(
        """
        sources:
          crm: { connector: pipedrive-deals, with: { apiToken: "{{env:CRM_TOKEN}}" } }
        """);

    Source crm = folder.source("crm");

    assertThat(crm.name()).isEqualTo("crm");
    assertThat(crm.connector()).isEqualTo("pipedrive-deals");
    assertThat(crm.kind()).isEqualTo(RecordKind.DEAL);
    assertThat(crm.with()).isEmpty();
    assertThat(crm.secrets()).containsOnlyKeys("apiToken");
    assertThat(crm.overlap()).isEqualTo(Duration.ofMinutes(5));
    assertThat(crm.freshness())
        .isEqualTo(new FreshnessLimits(Duration.ofHours(1), Duration.ofHours(6)));
    assertThat(crm.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(folder.accepted().schedules())
        .containsEntry("crm", new Schedule(Duration.ofMinutes(15), null, ZoneId.of("UTC")));
  }

  @Test
  void every_key_can_be_set() {
    folder.sources(
        """
        sources:
          crm:
            connector: pipedrive-deals
            with:
              baseUrl: https://example.org/api
              apiToken: "{{env:CRM_TOKEN}}"
              pageSize: 50
              archived: true
              region: eu
            every: 30s
            zone: Asia/Jakarta
            missed: none
            overlap: 2d
            reconcile: "0 0 3 ? * SUN"
            freshness: { warn: 2h, error: 1d }
            retention: 730d
        """);

    Source crm = folder.source("crm");

    assertThat(folder.accepted().kept()).containsEntry("crm", new Kept(Duration.ofDays(730)));
    assertThat(crm.with())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "baseUrl", "https://example.org/api",
                "pageSize", "50",
                "archived", "true",
                "region", "eu"));
    assertThat(crm.overlap()).isEqualTo(Duration.ofDays(2));
    assertThat(crm.freshness())
        .isEqualTo(new FreshnessLimits(Duration.ofHours(2), Duration.ofDays(1)));
    assertThat(crm.zone()).isEqualTo(ZoneId.of("Asia/Jakarta"));
    assertThat(folder.accepted().schedules())
        .containsEntry(
            "crm",
            new Schedule(Duration.ofSeconds(30), null, ZoneId.of("Asia/Jakarta"), Missed.NONE));
    assertThat(folder.accepted().comparisons())
        .containsEntry(
            "crm",
            new Comparisons(null, new Schedule(null, "0 0 3 ? * SUN", ZoneId.of("Asia/Jakarta"))));
  }

  @Test
  void a_comparison_is_a_duration_a_cron_or_none_and_one_that_is_not_possible_is_refused() {
    assertThat(folder.accepted().comparisons()).containsEntry("crm", new Comparisons(null, null));
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    reconcile: weekly"));
    assertThat(folder.problem()).contains("sources.crm.reconcile", "a cron such as");
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    census: 1d"));
    assertThat(folder.problem()).contains("sources.crm.census", "it shows deleted records itself");
  }

  @Test
  void a_comparison_that_never_rests_is_told_by_its_own_key() {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    reconcile: 0d"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.reconcile, line 7, column 16: must be a duration such as 1d, a cron such as 0 0 3 ? * SUN, or none, but is '0d'
              a duration is 1s or longer; for never write none\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "every 1d | write the duration alone: 1d",
        "every 0d | a duration is 1s or longer; for never write none",
        "6 | a duration is a whole number and s, m, h or d",
        "weekly | a duration is a whole number and s, m, h or d",
        "0 0 3 ? | cron has 4 fields; it needs seconds, minutes, hours, day of month, month and day"
            + " of week, such as 0 0 6 * * ?"
      })
  void a_comparison_is_written_in_another_way(String written, String hint) {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    reconcile: " + written));

    assertThat(folder.problem()).contains("sources.crm.reconcile, line 7").endsWith("\n  " + hint);
  }

  @Test
  void everything_is_kept_forever_or_for_a_day_at_least() {
    assertThat(folder.accepted().kept()).isEmpty();
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    retention: 12h"));
    assertThat(folder.problem()).contains("sources.crm.retention", "must be 1d or longer");
  }

  @Test
  void a_source_may_run_by_cron() {
    folder.sources(
        Folder.SOURCES.replace(
            "every: 15m", "cron: \"0 0 6 ? * MON-FRI\"\n    freshness: { warn: 2d, error: 4d }"));

    assertThat(folder.accepted().schedules())
        .containsEntry("crm", new Schedule(null, "0 0 6 ? * MON-FRI", ZoneId.of("UTC")));
  }

  @Test
  void the_limits_of_freshness_follow_the_schedule() {
    folder.sources(Folder.SOURCES.replace("15m", "1h"));

    assertThat(folder.source("crm").freshness())
        .isEqualTo(new FreshnessLimits(Duration.ofHours(4), Duration.ofHours(24)));
  }

  @Test
  void a_guard_is_as_given_or_holds_what_removes_more_than_a_fifth() {
    assertThat(folder.accepted().guards()).containsEntry("crm", Guard.STANDARD);

    folder.sources(
        Folder.SOURCES.replace("every: 15m", "every: 15m\n    guard: { drop: 5%, jump: 150% }"));

    assertThat(folder.accepted().guards())
        .containsEntry("crm", new Guard(new BigDecimal("0.05"), new BigDecimal("1.50")));
  }

  @Test
  void a_guard_that_means_nothing_is_refused_at_its_place() {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    guard: { drop: 120% }"));

    assertThat(folder.problem()).contains("sources.crm.guard.drop", "drop must be 0% to 100%");
  }

  @Test
  void names_both_problems_of_a_guard() {
    folder.sources(
        Folder.SOURCES.replace("every: 15m", "every: 15m\n    guard: { drop: 200%, jump: 0% }"));

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/sources.yaml: sources.crm.guard.drop, line 7, column 20: drop must be 0% to 100%
            2. config/sources.yaml: sources.crm.guard.jump, line 7, column 32: jump must be more than 0%; leave it out to allow any

            2 problems; nothing was changed
            """);
  }

  @Test
  void a_share_that_is_none_hides_no_problem_of_the_other() {
    folder.sources(
        Folder.SOURCES.replace("every: 15m", "every: 15m\n    guard: { drop: most, jump: 0% }"));

    assertThat(folder.refused())
        .contains("must be a share such as 20% or 2.5%, but is 'most'", "jump must be more than");
  }

  @Test
  void limits_are_as_given_and_otherwise_none() {
    assertThat(folder.source("crm").limits()).isEqualTo(Limits.NONE);

    folder.sources(
        Folder.SOURCES.replace(
            "every: 15m",
            "every: 15m\n    limits: { perMinute: 60, perDay: 5000, concurrent: 1 }"));

    assertThat(folder.source("crm").limits()).isEqualTo(new Limits(60, 5000, 1));
  }

  @Test
  void a_limit_that_is_no_number_of_requests_is_refused_at_its_place() {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    limits: { perDay: 0 }"));

    assertThat(folder.problem())
        .contains("sources.crm.limits.perDay", "must be a whole number of 1 or more, but is '0'");
  }

  @Test
  void a_connector_of_any_kind_takes_the_kind_from_its_settings() {
    folder.sources(Folder.SOURCES + ANY.formatted("kind: spend, ratio: 0.5"));

    assertThat(folder.source("any").kind()).isEqualTo(RecordKind.SPEND);
  }

  @Test
  void nested_settings_become_json() {
    folder
        .variable("SITE", "s-1")
        .sources(
            Folder.SOURCES
                + ANY.formatted(
                    "kind: spend, query: { site: \"{{env:SITE}}\", max: 5, tags: [a, true] }"));

    assertThat(folder.source("any").with())
        .containsEntry("query", "{\"site\":\"s-1\",\"max\":5,\"tags\":[\"a\",true]}");
  }

  @Test
  void a_key_is_misspelt() {
    folder.sources(Folder.SOURCES.replace("every", "evry"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.evry, line 6, column 5: unknown key 'evry'
              did you mean 'every'? known here: connector, with, every, cron, zone, missed, overlap, census, reconcile, freshness, guard, retention, limits, oauth2\
            """);
  }

  @Test
  void the_connector_is_unknown() {
    folder.sources(Folder.SOURCES.replace("pipedrive-deals", "pipedrive-deal"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.connector, line 3, column 16: unknown connector 'pipedrive-deal'
              did you mean 'pipedrive-deals'? known here: pipedrive-deals, mailchimp-campaigns, jira-issues, http-records, csv-records\
            """);
  }

  @Test
  void the_connector_is_missing() {
    folder.sources(Folder.SOURCES.replace("    connector: pipedrive-deals\n", ""));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm, line 2, column 3: needs the key 'connector'
              such as connector: pipedrive-deals\
            """);
  }

  @Test
  void a_setting_is_unknown() {
    folder.sources(Folder.SOURCES.replace("apiToken:", "pagesizze: 7\n      apiToken:"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.with.pagesizze, line 5, column 7: pipedrive-deals has no setting 'pagesizze'
              did you mean 'pageSize'? known here: baseUrl, apiToken, pageSize, archived, region\
            """);
  }

  @Test
  void a_setting_is_missing() {
    folder.sources(
        Folder.SOURCES.replace("      apiToken: \"{{env:CRM_TOKEN}}\"\n", "      pageSize: 1\n"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.with, line 4, column 5: needs the setting 'apiToken'
              The key to the system.\
            """);
  }

  @Test
  void all_settings_are_missing() {
    folder.sources("sources: { crm: { connector: pipedrive-deals } }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm, line 1, column 12: needs the setting 'apiToken'
              The key to the system.\
            """);
  }

  @Test
  void a_setting_is_less_than_makes_sense() {
    folder.sources(Folder.SOURCES.replace("apiToken:", "pageSize: -1\n      apiToken:"));

    assertThat(folder.refused())
        .contains("pageSize", "must be a whole number of 1 or more, but is '-1'");
  }

  @Test
  void settings_have_the_wrong_type() {
    folder.sources(
        Folder.SOURCES.replace(
            "apiToken:",
            """
            pageSize: seven
                  archived: 1
                  region: asia
                  baseUrl:
                  apiToken:\
            """));

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/sources.yaml: sources.crm.with.pageSize, line 5, column 17: must be a whole number of 1 or more, but is 'seven'
            2. config/sources.yaml: sources.crm.with.archived, line 6, column 17: must be true or false, but is '1'
            3. config/sources.yaml: sources.crm.with.region, line 7, column 15: must be one of eu, us, but is 'asia'
            4. config/sources.yaml: sources.crm.with.baseUrl, line 8, column 15: must be a text such as https://api.example.org

            4 problems; nothing was changed
            """);
  }

  @Test
  void a_setting_from_the_environment_has_the_wrong_type_and_is_not_shown() {
    folder
        .variable("SIZE", "a-hidden-value")
        .sources(
            Folder.SOURCES.replace("apiToken:", "pageSize: \"{{env:SIZE}}\"\n      apiToken:"));

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.with.pageSize, line 5, column 17: must be a whole"
                + " number of 1 or more, but is '{{env:SIZE}}'");
  }

  @Test
  void a_kind_of_record_is_unknown() {
    folder.sources(Folder.SOURCES + ANY.formatted("kind: spent"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.any.with.kind, line 7, column 49: is no kind of record
              did you mean 'spend'? known here: deal, campaign, issue, contact, activity, ticket, response, subscription, spend, change, point\
            """);
  }

  @Test
  void a_password_stands_in_an_address() {
    folder.sources(
        Folder.SOURCES.replace(
            "apiToken:", "baseUrl: https://me:hunter2@example.org\n      apiToken:"));

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.with.baseUrl, line 5, column 16: must not carry a"
                + " user or password within the address");
  }

  @Test
  void an_address_is_none() {
    assertThat(wrongAddress("api.example.org"))
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.with.baseUrl, line 5, column 16: must be the address of a server, but is 'api.example.org'
              it must begin with https:// or http://; such as https://api.example.org\
            """);
    assertThat(wrongAddress("ftp://example.org")).contains("must begin with https:// or http://");
    assertThat(wrongAddress("https:///deals")).contains("no host can be read from it");
    assertThat(wrongAddress("https://exam ple.org")).contains("holds a space");
  }

  @Test
  void an_address_from_the_environment_is_not_shown() {
    folder.variable("CRM_URL", "hidden.example.org");

    assertThat(wrongAddress("\"{{env:CRM_URL}}\""))
        .contains("but is '{{env:CRM_URL}}'", "must begin with https://")
        .doesNotContain("hidden");
  }

  private String wrongAddress(String address) {
    folder.sources(
        Folder.SOURCES.replace("apiToken:", "baseUrl: %s\n      apiToken:".formatted(address)));
    return folder.problem();
  }

  @Test
  void limits_that_leave_no_room_for_the_schedule_are_remarked() {
    assertThat(remarks("every: 15m", "limits: { perDay: 95 }"))
        .containsExactly(
            """
            warning (budget-too-small): config/sources.yaml: sources.crm.limits.perDay, line 7, column 23: is less than the 96 runs of a day need, at one request each
              the rest of each day 'crm' is not read; read it less often, or allow more\
            """);
    assertThat(remarks("every: 15m", "limits: { perDay: 96 }")).isEmpty();
    assertThat(
            remarks(
                "cron: 0 0/10 8-17 ? * MON-FRI",
                "limits: { perDay: 59 }\n    freshness: { warn: 10m, error: 3d }"))
        .singleElement()
        .asString()
        .contains("the 60 runs of a day");
    assertThat(remarks("every: 15m", "freshness: { warn: 5m, error: 15m }"))
        .singleElement()
        .asString()
        .startsWith(
            "warning (freshness-too-short): config/sources.yaml: sources.crm.freshness.error")
        .contains("values of 'crm' are outdated before it is read again");
    assertThat(remarks("cron: 0 0 6 ? * MON-FRI", "freshness: { warn: 1d, error: 24h }"))
        .hasSize(1);
    assertThat(remarks("cron: 0 0 6 ? * MON-FRI", "freshness: { warn: 1d, error: 25h }")).isEmpty();
  }

  @Test
  void a_comparison_that_is_needless_is_remarked() {
    assertThat(remarks("every: 15m", "reconcile: 1d")).isEmpty();
    String files =
        """
        sources:
          crm:
            connector: csv-records
            with: { kind: deal, path: %s }
            reconcile: 1d
        """
            .formatted(folder.path);
    folder.sources(files);
    assertThat(remarks())
        .containsExactly(
            """
            note (comparison-needless): config/sources.yaml: sources.crm.reconcile, line 5, column 16: has no effect, since each run of 'crm' reads everything
              it can be left out\
            """);
    folder.sources(files.replace("reconcile: 1d", "reconcile: none"));
    assertThat(remarks()).isEmpty();
  }

  private List<String> remarks(String schedule, String limits) {
    folder.sources(Folder.SOURCES.replace("every: 15m", schedule + "\n    " + limits));
    return remarks();
  }

  private List<String> remarks() {
    return ((Loaded.Accepted) folder.load())
        .remarks().stream()
            .map(it -> it.toString().replace(folder.path.toString(), "config"))
            .filter(it -> it.contains("sources.yaml"))
            .toList();
  }

  @Test
  void a_path_that_leads_nowhere_is_remarked() {
    String files = "  files: { connector: csv-records, with: { kind: spend, path: %s } }\n";
    folder.sources(Folder.SOURCES + files.formatted("/srv/nowhere"));

    assertThat(((Loaded.Accepted) folder.load()).remarks())
        .extracting(it -> it.toString().replace(folder.path.toString(), "config"))
        .contains(
            """
            warning (path-missing): config/sources.yaml: sources.files.with.path, line 7, column 63: names nothing that is there
              runs of 'files' fail until there is such a file or folder; a relative path begins where OKR Sync is started\
            """);

    folder.sources(Folder.SOURCES + files.formatted(folder.path));
    assertThat(((Loaded.Accepted) folder.load()).remarks())
        .extracting(Remark::check)
        .doesNotContain("path-missing");
  }

  @Test
  void a_connector_whose_file_is_refused_is_not_called_unknown() {
    folder.sources(Folder.SOURCES + "  hub: { connector: hub-deals }\n");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.hub.connector, line 7, column 21: the file of connector 'hub-deals' is refused; correct it first
              routes/hub-deals-action.kamelet.yaml, line 2, column 7: kind must be Kamelet; and 1 more\
            """);
  }

  @Test
  void a_name_that_is_not_allowed_hides_no_other_problem() {
    folder.sources(
        Folder.SOURCES
            + """
              our crm:
                connector: pipedrive-deal
                every: 0s
              their crm: { connector: pipedrive-deals, with: { apiTokn: x }, guard: { drop: 120% } }
            """);

    assertThat(folder.refused())
        .contains(
            "the name 'our crm' is not allowed",
            "unknown connector 'pipedrive-deal'",
            "every must be 1s or longer",
            "the name 'their crm' is not allowed",
            "needs the setting 'apiToken'",
            "has no setting 'apiTokn'",
            "drop must be 0% to 100%");
  }

  @Test
  void a_duration_is_none() {
    folder.sources(
        Folder.SOURCES.replace(
            "every: 15m", "every: 15 min\n    overlap: 5\n    freshness: { warn: 1h, error: 1w }"));

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/sources.yaml: sources.crm.every, line 6, column 12: must be a duration such as 30s, 15m, 6h or 2d, but is '15 min'
            2. config/sources.yaml: sources.crm.overlap, line 7, column 14: must be a duration such as 30s, 15m, 6h or 2d, but is '5'
            3. config/sources.yaml: sources.crm.freshness.error, line 8, column 35: must be a duration such as 30s, 15m, 6h or 2d, but is '1w'

            3 problems; nothing was changed
            """);
  }

  @Test
  void a_schedule_is_too_quick() {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 0s"));

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.every, line 6, column 12: every must be 1s or"
                + " longer");
  }

  @Test
  void a_source_has_two_schedules() {
    folder.sources(
        Folder.SOURCES.replace(
            "every: 15m",
            "every: 15m\n    cron: \"0 0 6 * * ?\"\n    freshness: { warn: 1h, error: 6h }"));

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.cron, line 7, column 11: 'every' and 'cron' exclude"
                + " each other; keep one");
  }

  @Test
  void a_cron_gives_both_day_fields() {
    folder.sources(
        Folder.SOURCES.replace(
            "every: 15m", "cron: \"0 0 6 * * *\"\n    freshness: { warn: 1d, error: 2d }"));

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.cron, line 6, column 11: cron gives both day of month"
                + " and day of week; exactly one of them must be ?, such as 0 0 6 * * ? or 0 0 6 ?"
                + " * MON-FRI");
  }

  @Test
  void a_cron_whose_times_are_all_past_is_refused_by_its_own_key() {
    folder.sources(
        Folder.SOURCES.replace(
            "every: 15m", "cron: 0 0 6 1 1 ? 2020\n    freshness: { warn: 1d, error: 2d }"));
    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.cron, line 6, column 11: cron '0 0 6 1 1 ? 2020'"
                + " never comes again; leave its year out, or write one that is yet to come");
    folder.sources(
        Folder.SOURCES.replace("every: 15m", "every: 15m\n    reconcile: 0 0 3 1 1 ? 2020"));
    assertThat(folder.problem())
        .startsWith(
            "config/sources.yaml: sources.crm.reconcile, line 7, column 16: cron '0 0 3 1 1 ? 2020'"
                + " never comes again");
  }

  @Test
  void what_was_loaded_while_a_cron_was_yet_to_come_is_loaded_as_it_is_stored() throws Exception {
    Map<String, String> stored =
        Map.of(
            "sources.yaml",
            Folder.SOURCES.replace(
                "every: 15m", "cron: 0 0 6 1 1 ? 2020\n    freshness: { warn: 1d, error: 2d }"),
            "measures.yaml",
            Folder.MEASURES,
            "okrs/q4.yaml",
            Folder.OKRS);

    assertThat(ConfigurationFolder.loadStored(stored, name -> null, SampleConnectors.KNOWN))
        .isInstanceOf(Loaded.Accepted.class);
  }

  @Test
  void a_cron_needs_limits_of_freshness() {
    folder.sources(Folder.SOURCES.replace("every: 15m", "cron: \"0 0 6 * * ?\""));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.cron, line 6, column 11: 'cron' needs 'freshness' beside it
              freshness: { warn: 1h, error: 6h }\
            """);
  }

  @Test
  void freshness_is_the_wrong_way_round() {
    folder.sources(
        Folder.SOURCES.replace("every: 15m", "every: 15m\n    freshness: { warn: 6h, error: 1h }"));

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm.freshness, line 7, column 5: freshness.warn must not"
                + " be longer than freshness.error");
  }

  @Test
  void a_zone_is_unknown() {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    zone: Asia/Jakrta"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.zone, line 7, column 11: must be a time zone such as Asia/Jakarta, but is 'Asia/Jakrta'
              did you mean 'Asia/Jakarta'?\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+25 | an offset is written such as +02:00, from -18:00 to +18:00",
        "'\"+25\"' | an offset is written such as +02:00, from -18:00 to +18:00",
        "+19:00 | an offset is written such as +02:00, from -18:00 to +18:00",
        "UTC+25 | an offset is written such as +02:00, from -18:00 to +18:00",
        "+2:00 | an offset is written such as +02:00, from -18:00 to +18:00",
        "25 | a zone is a name such as Europe/Berlin, UTC, or an offset such as +02:00",
        "+ten | a zone is a name such as Europe/Berlin, UTC, or an offset such as +02:00",
        "Berlin | a zone is a name such as Europe/Berlin, UTC, or an offset such as +02:00",
        "+7 | write it in quotes: \"+7\"",
      },
      quoteCharacter = '\'')
  void a_zone_is_written_in_another_way(String written, String hint) {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: 15m\n    zone: " + written));

    assertThat(folder.problem())
        .contains("sources.crm.zone, line 7, column 11: must be a time zone such as Asia/Jakarta")
        .endsWith("\n  " + hint);
  }

  @Test
  void a_name_has_a_space() {
    folder.sources(
        Folder.SOURCES + "  our crm: { connector: http-records, with: { kind: deal } }\n");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.our crm, line 7, column 3: the name 'our crm' is not allowed
              letters, digits, _ and -, at most 60\
            """);
  }

  @Test
  void a_setting_is_not_jq() {
    folder.sources(
        Folder.SOURCES
            + ANY.formatted("kind: deal, items: \".data[\", fields: { id: .n, value: .x ) }"));

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/sources.yaml: sources.any.with.items, line 7, column 68: is not jq: it ends in the middle
            2. config/sources.yaml: sources.any.with.fields.value, line 7, column 100: is not jq: unexpected ')'

            2 problems; nothing was changed
            """);
  }

  @Test
  void a_list_is_not_jq() {
    folder.sources(
        Folder.SOURCES
            + ANY.formatted("kind: issue, fields: { id: .n, labels: [.a], custom: { x: .x } }"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.any.with.fields.labels, line 7, column 74: must be jq, not a list
              write it in quotes, such as "[.a, .b]\"\
            """);
  }

  @Test
  void a_field_is_misspelt() {
    folder.sources(
        Folder.SOURCES + ANY.formatted("kind: spend, fields: { id: .n, amuont: .x, removed: .r }"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.any.with.fields.amuont, line 7, column 74: unknown field 'amuont' of a spend
              did you mean 'amount'? known here: id, updatedAt, url, name, category, currency, amount, at, custom, removed; others go under custom\
            """);
  }

  @Test
  void a_column_is_for_no_field() {
    folder.sources(
        Folder.SOURCES
            + """
              files:
                connector: csv-records
                with: { kind: point, path: /srv/x, columns: { valeu: Total } }
            """);

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/sources.yaml: sources.files.with.columns, line 9, column 40: needs the field 'id'
            2. config/sources.yaml: sources.files.with.columns.valeu, line 9, column 51: unknown field 'valeu' of a point
                 did you mean 'value'? known here: id, updatedAt, url, name, unit, value, at, custom, removed; others go under custom

            2 problems; nothing was changed
            """);
  }

  private static final String ANY = "  any: { connector: http-records, with: { %s } }\n";
}
