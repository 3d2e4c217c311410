package io.okrsync.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.RecordKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin reads about the usual mistakes, in full. */
class ExpressionProblemTest {
  private static final String FIELDS =
      "id, updatedAt, url, title, status, currency, stage, pipeline, owner, value, createdAt,"
          + " closedAt, wonAt, lostAt, expectedCloseAt, custom";
  private static final String FUNCTIONS =
      "abs, all, average, contains, days, duration, endsWith, exists, exists_one, filter, has,"
          + " hours, lower, map, matches, max, median, min, number, percentile, round, size,"
          + " startsWith, sum, timestamp, workdays";

  @Test
  void a_name_that_is_not_known_comes_with_the_nearest_and_with_all() {
    assertThat(problems("stauts == 'won'"))
        .isEqualTo(
            "1:1 undeclared name 'stauts' (did you mean 'status'? known here: " + FIELDS + ")");
    assertThat(problems("status == won"))
        .isEqualTo(
            "1:11 undeclared name 'won' (known here: "
                + FIELDS
                + "; a text stands in quotes: 'won', and a field of your own behind custom:"
                + " custom.won)");
    assertThat(problems("maxx(value, 3) > 2"))
        .isEqualTo(
            "1:1 unknown function 'maxx' (did you mean 'max'? known here: " + FUNCTIONS + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          deal.value > 3             => 1:1 undeclared name 'deal' (write value alone)
          value > '1000'             => 1:7 cannot compare number with text: value > '1000' (write the number without quotes)
          value == status            => 1:7 cannot compare number with text: value == status
          createdAt + '30d'          => 1:11 cannot add text to time: createdAt + '30d' (write a length of time as duration('30d'))
          createdAt + 30             => 1:11 cannot add number to time: createdAt + 30 (write a length of time as duration('30d'))
          createdAt + 30d            => 1:15 unexpected 'd' (a length of time stands in quotes, such as '30d')
          wonAt > '2026-10-01'       => 1:7 cannot compare time with text: wonAt > '2026-10-01' (write a time as timestamp('2026-10-01', 'Asia/Jakarta'))
          wonAt - createdAt > 30     => 1:19 cannot compare duration with number: wonAt - createdAt > 30 (write days(…) or hours(…) to make a number of a duration)
          title + value == 'x'       => 1:7 cannot add number to text: title + value
          value - title > 0          => 1:7 cannot subtract text from number: value - title
          title * 2 > 0              => 1:7 cannot multiply text by number: title * 2
          value / title > 0          => 1:7 cannot divide number by text: value / title
          -title == 'x'              => 1:1 cannot negate text: -title
          !value                     => 1:1 '!' needs yes/no, not number: !value
          status && value > 1        => 1:1 '&&' needs yes/no on both sides, not text: status
          value ? true : false       => 1:7 what stands before '?' must be yes/no, not number: value ? true : false
          (true ? 1 : 'x') == 1      => 1:7 both sides of ':' must be alike, not number and text: true ? 1 : 'x'
          'won' in status            => 1:7 cannot look for text in text: 'won' in status (write title.contains('…') to look into a text)
          value in ['a']             => 1:7 cannot look for number in list of texts: value in ['a']
          days(value) > 1            => 1:1 days() cannot take number: days(value) (write it such as days(wonAt - createdAt))
          days() > 1                 => 1:1 days() cannot take nothing: days() (write it such as days(wonAt - createdAt))
          title.lower() == 'a'       => 1:7 this is called otherwise: title.lower() (write it such as lower(title))
          contains(title, 'a')       => 1:1 this is called otherwise: contains(title, 'a') (write it such as title.contains('renewal'))
          title.contains(3)          => 1:7 contains() cannot take text, number: title.contains(3) (write it such as title.contains('renewal'))
          value.cents > 1            => 1:6 number has no fields: value.cents
          value % 2 == 0             => 1:7 this operator is not known here: value % 2
          value / 0 > 1              => 1:7 divides by 0 (divide by what may be counted, or leave the division out)
          1e999 > value              => 1:1 the number is too large or too fine
          99999999999999999999 > 1   => 1:1 the number has too many digits
          custom == 'a'              => 1:1 'custom' alone is no value (write custom.tier or custom['Deal tier'] for one of its fields)
          custom[status] == 'a'      => 1:7 '[' can only take a field of custom, by its name (write custom['Deal tier'])
          value + 1 == null          => 1:11 only a field can be compared with null
          value > null               => 1:9 null is no value; it can only be compared with (write wonAt == null or wonAt != null)
          wonAt > timestamp(owner, 'WIB') => 1:26 'WIB' is not a time zone; one looks like Asia/Jakarta
          wonAt > timestamp('2026-02-30', 'UTC') => 1:19 '2026-02-30' is no day of the calendar
          wonAt > timestamp('2026-03-29T02:30', 'Europe/Berlin') => 1:19 '2026-03-29T02:30' never was in Europe/Berlin, where clocks went from 2026-03-29T02:00 on to 2026-03-29T03:00
          wonAt > timestamp('today') => 1:19 'today' is not a time; one looks like 2026-10-01T00:00:00Z
          wonAt - createdAt > duration('2 weeks') => 1:30 '2 weeks' is not a duration; one looks like 30d, 12h, 90m or 1d12h
          workdays(createdAt, wonAt, 'Jakarta') > 1 => 1:28 'Jakarta' is not a time zone; one looks like Asia/Jakarta
          workdays(wonAt - createdAt) > 1 => 1:1 workdays() cannot take duration: workdays(wonAt - createdAt) (write it such as workdays(createdAt, wonAt, 'Asia/Jakarta'))
          title.matches('(')         => 1:15 '(' is not a search pattern: missing closing ) (patterns are written in RE2 syntax)
          b'x' == status             => 1:1 only numbers such as 1000 and 0.5 and texts such as 'won' can be written
          {'a': 1} == status         => 1:1 '{' cannot be used: there are no maps in an expression
          ['a'].exists(title, true)  => 1:13 'title' is already known here (take another name for one item)
          """)
  void mistakes_of_meaning(String expression, String expected) {
    assertThat(problems(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          status ==                  => 1:10 the expression is unfinished
          status.                    => 1:8 the expression is unfinished
          (value > 1                 => 1:11 the expression is unfinished (a closing ) is missing)
          value > 1)                 => 1:10 unexpected ')'
          status = 'won'             => 1:8 unexpected '=' (write == to compare)
          status <> 'won'            => 1:9 unexpected '<>' (write != for unequal)
          value > 1 and value < 2    => 1:11 unexpected 'and' (write && for and)
          value > 1 OR value < 0     => 1:11 unexpected 'OR' (write || for or)
          value > 1 & value < 2      => 1:11 unexpected '&' (write && for and)
          not value > 1              => 1:5 unexpected 'not' (write ! for not)
          title like 'x'             => 1:7 unexpected 'like' (write title.contains('…') or title.matches('…'))
          owner is null              => 1:7 unexpected 'is' (write == null or != null)
          if value > 1               => 1:1 'if' cannot be a name (write condition ? this : that)
          value > 1; value < 2       => 1:10 unexpected ';'
          has(value)                 => 1:4 has() takes a field of custom (write wonAt != null for the other fields)
          title.exists(1, true)      => 1:14 here goes a name of your own for one item (write labels.exists(l, l == 'bug'))
          """)
  void mistakes_of_writing(String expression, String expected) {
    assertThat(problems(expression)).isEqualTo(expected);
  }

  @Test
  void a_text_without_end() {
    assertThat(problems("status == 'won"))
        .isEqualTo(
            "1:11 the text that begins here has no end, or a \\ in it that means nothing (close it"
                + " with the quote it begins with; write \\\\ for one \\)");
  }

  @Test
  void all_mistakes_of_an_expression_are_told_at_once_each_at_its_place() {
    assertThat(problems("valeu > 1\n  && title > 3\n  && foo(status)\n  && wonAt"))
        .isEqualTo(
            """
            1:1 undeclared name 'valeu' (did you mean 'value'? known here: %s)
            2:12 cannot compare text with number: title > 3
            3:6 unknown function 'foo' (known here: %s)
            4:6 '&&' needs yes/no on both sides, not time: wonAt\
            """
                .formatted(FIELDS, FUNCTIONS));
  }

  @Test
  void places_count_characters_and_not_code_units() {
    assertThat(problems("'🎯 ü' == title && value > 'x'"))
        .isEqualTo("1:25 cannot compare number with text: value > 'x'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\n"})
  void an_empty_expression(String nothing) {
    assertThat(problems(nothing)).isEqualTo("1:1 the expression is empty");
  }

  @Test
  void an_expression_without_bounds() {
    assertThat(problems("true || ".repeat(600) + "true"))
        .isEqualTo("1:1 the expression is longer than 4000 characters");
    assertThat(problems("(".repeat(900) + "true" + ")".repeat(900)))
        .isEqualTo("1:1 the expression is nested too deeply (make two measures of it)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@",
        "$x",
        "\\",
        "?",
        ":",
        ",",
        "a;b",
        "1a",
        "a.1",
        "f(",
        "f(a,)",
        "[1,",
        "'a' 'b'",
        "a[",
        "-",
        "!",
        "&& true",
        "has()",
        "has(a, b)",
        "in",
        "true false",
        "Foo{}",
        "a ? b",
        "a?.b",
        "[?value]",
        "''' x",
        "x.y.z()",
        "type(1)",
        "int('1')",
        "dyn(1)",
        "getClass()",
        "0u",
        "1.",
        "{'a': 1}.a",
        "[1][0]",
        "[].map(x, y, z, w)",
        "[[1], ['a']]",
        "`x`",
        "1 in 1",
        "null",
        "null == null",
        "custom[1]",
        "custom.a.b()",
        "min",
        "max()",
        "a.exists()",
        "[1, 'a']",
        "value.exists(v, v)",
        "[value].map(i, i > 'a')",
        "true && ['a'] == [1]"
      })
  void nothing_of_the_machinery_shines_through(String expression) {
    assertThat(problems(expression))
        .isNotEmpty()
        .doesNotContainPattern("(?i)antlr|cel\\b|token|EOF|overload|expecting|decimal|protobuf|%A");
  }

  private static String problems(String expression) {
    List<ExpressionProblem> problems =
        Samples.problems(
            RecordVocabulary.forKind(RecordKind.DEAL)
                .compile("where", expression, Set.of(ValueType.FLAG)));
    return problems.stream()
        .map(
            problem ->
                "%d:%d %s%s"
                    .formatted(
                        problem.line(),
                        problem.column(),
                        problem.message(),
                        problem.hint() == null ? "" : " (" + problem.hint() + ")"))
        .collect(Collectors.joining("\n"));
  }
}
