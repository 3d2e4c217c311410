package io.okrsync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditChainTest {
  private static final Instant AT = Instant.parse("2026-11-02T12:00:00.123456Z");

  private final List<SealedEntry> chain = chain(4);

  @Test
  void an_untouched_chain_has_no_findings() {
    assertThat(AuditChain.verify(chain)).isEmpty();
  }

  @Test
  void an_entry_that_is_dated_back_further_than_clocks_differ_is_named() {
    List<SealedEntry> dated = new ArrayList<>();
    String previous = AuditChain.GENESIS;
    for (int minutes : List.of(600, 541, 0, 30)) {
      AuditEntry entry = new AuditEntry(AT.plusSeconds(60L * minutes), "a", "b", "s", "d");
      dated.add(AuditChain.seal(dated.size() + 1, entry, previous));
      previous = dated.get(dated.size() - 1).hash();
    }
    assertThat(AuditChain.verify(dated))
        .singleElement()
        .asString()
        .contains("entry 3 is dated 2026-11-02T12:00:00.123456Z, which is before the entry before");
  }

  @Test
  void nothing_written_yet_has_no_findings() {
    assertThat(AuditChain.verify(List.of())).isEmpty();
  }

  @Test
  void the_first_entry_continues_64_zeros() {
    assertThat(chain.get(0).previousHash()).isEqualTo("0".repeat(64));
  }

  @Test
  void the_hash_is_the_documented_one() {
    // Computed apart from this code, by Python's hashlib over the fields as documented.
    assertThat(AuditChain.seal(1, entry("x"), AuditChain.GENESIS).hash())
        .isEqualTo("42e35a6d203b48dc997ce510d62b893a0eaf7d7f8986b5431113b986fd3ced9c");
  }

  @Test
  void finds_a_changed_entry() {
    SealedEntry old = chain.get(1);
    chain.set(1, new SealedEntry(old.sequence(), entry("other"), old.previousHash(), old.hash()));
    assertThat(AuditChain.verify(chain))
        .singleElement()
        .isEqualTo(new AuditFinding(2, "entry 2 was changed after it was written"));
  }

  @Test
  void finds_a_changed_entry_that_was_sealed_again() {
    chain.set(1, AuditChain.seal(2, entry("other"), chain.get(1).previousHash()));
    assertThat(AuditChain.verify(chain)).extracting(AuditFinding::sequence).containsExactly(3L);
  }

  @Test
  void finds_a_missing_entry() {
    chain.remove(1);
    assertThat(AuditChain.verify(chain)).extracting(AuditFinding::sequence).containsExactly(3L);
  }

  @Test
  void finds_entries_that_changed_places() {
    Collections.swap(chain, 1, 2);
    assertThat(AuditChain.verify(chain)).isNotEmpty();
  }

  @Test
  void finds_an_inserted_entry() {
    chain.add(2, AuditChain.seal(3, entry("inserted"), chain.get(1).hash()));
    assertThat(AuditChain.verify(chain)).isNotEmpty();
  }

  @Test
  void text_that_moves_from_one_field_to_the_next_gives_another_hash() {
    SealedEntry one =
        AuditChain.seal(1, new AuditEntry(AT, "ab", "c", "s", "d"), AuditChain.GENESIS);
    SealedEntry other =
        AuditChain.seal(1, new AuditEntry(AT, "a", "bc", "s", "d"), AuditChain.GENESIS);
    assertThat(one.hash()).isNotEqualTo(other.hash());
  }

  private static List<SealedEntry> chain(int length) {
    List<SealedEntry> chain = new ArrayList<>();
    String previous = AuditChain.GENESIS;
    for (int sequence = 1; sequence <= length; sequence++) {
      chain.add(AuditChain.seal(sequence, entry("entry " + sequence), previous));
      previous = chain.get(chain.size() - 1).hash();
    }
    return chain;
  }

  private static AuditEntry entry(String detail) {
    return new AuditEntry(AT, "schedule", "run.published", "crm", detail);
  }
}
