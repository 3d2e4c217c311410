package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestCasesTest {
  private static final String CASES =
      """
      now: 2026-11-21T12:00:00Z
      cases:
        - name: a case
          records: { crm: [{ id: 1, status: won }] }
          expect: { win-rate: 50 }
      """;

  private final Folder folder;

  TestCasesTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "crm:        | cmr:        | unknown source 'cmr' | did you mean 'crm'?",
        "win-rate:   | winrate:    | unknown key result 'winrate' | did you mean 'win-rate'?",
        "expect:     | expects:    | unknown key 'expects' | did you mean 'expect'?",
        "T12:00:00Z  | ''          | must be a time | 2026-11-21T12:00:00Z",
        "12:00:00Z   | 12:00:00    | must be a time | with its zone",
        "win-rate: 50 | win-rate: much | must be a number | much",
        "win-rate: 50 | win-rate: {} | expects nothing | value, reason or status",
        "win-rate: 50 | 'win-rate: { value: 1, reason: x }' | both a value and the reason | keep"
            + " one",
        "win-rate: 50 | 'win-rate: { status: great }' | must be one of | on track",
        "[{ id: 1, status: won }] | all | must be a list of records | []",
        "[{ id: 1, status: won }] | [won] | must be a record | { id: 1"
      })
  void says_what_is_wrong_with_a_case(String right, String wrong, String message, String hint) {
    assertThat(CASES).contains(right);
    folder.file("tests/cases.yaml", CASES.replace(right, wrong));

    TestCases.Read read =
        TestCases.read(List.of(folder.path.resolve("tests/cases.yaml")), folder.accepted());

    assertThat(read).isInstanceOf(TestCases.Read.Refused.class);
    assertThat(Problems.text(((TestCases.Read.Refused) read).problems()))
        .contains("tests/cases.yaml", ", line ", message, hint);
  }

  @ParameterizedTest
  @CsvSource({
    "50,     50.00,         true",
    "50,     50.1,          false",
    "33.33,  33.3333333333, true",
    "33.34,  33.3333333333, false",
    "33.3,   33.3333333333, false", // too few digits to tell
    "33,     33.3333333333, false",
    "12.34,  12.341,        false" // this one ends, so it can be written
  })
  void a_value_is_compared_exactly_unless_it_never_ends(
      String expected, String actual, boolean met) {
    Expectation expectation = new Expectation(new BigDecimal(expected), null, null);

    assertThat(expectation.isMetBy(new BigDecimal(actual))).isEqualTo(met);
  }

  @Test
  void the_folder_of_cases_is_no_part_of_the_configuration() {
    String digest = folder.accepted().digest();

    folder.file("tests/cases.yaml", CASES);

    assertThat(folder.accepted().digest()).isEqualTo(digest);
  }
}
