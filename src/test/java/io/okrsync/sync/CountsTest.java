package io.okrsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void balance_when_everything_read_is_accounted_for() {
    assertThat(new Counts(10, 3, 2, 4, 1, 1, 10L).balance()).isEqualTo(new Balance.Even());
  }

  @Test
  void are_off_when_an_item_is_not_accounted_for() {
    assertThat(new Counts(10, 3, 2, 4, 0, 0, null).balance())
        .isEqualTo(new Balance.Off("read 10 items but accounted for 9"));
  }

  @Test
  void are_off_when_the_source_tells_of_more_than_it_gave() {
    assertThat(new Counts(10, 10, 0, 0, 0, 0, 12L).balance())
        .isEqualTo(new Balance.Off("read 10 items but the source says there are 12"));
  }

  @Test
  void add_up_page_by_page_and_keep_the_latest_total() {
    Counts first = new Counts(100, 90, 5, 5, 0, 0, 150L);
    Counts second = new Counts(51, 51, 0, 0, 0, 0, 151L);

    assertThat(first.plus(second)).isEqualTo(new Counts(151, 141, 5, 5, 0, 0, 151L));
    assertThat(first.plus(new Counts(0, 0, 0, 0, 2, 0, null)).total()).isEqualTo(150L);
  }
}
