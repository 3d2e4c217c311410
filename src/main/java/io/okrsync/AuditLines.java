package io.okrsync;

import io.okrsync.audit.SealedEntry;
import java.util.Map;

/** An audit entry as the command line and packs write it. */
final class AuditLines {
  private AuditLines() {}

  static Map<String, Object> of(SealedEntry row) {
    return Map.of(
        "sequence", row.sequence(),
        "at", row.entry().at(),
        "actor", row.entry().actor(),
        "action", row.entry().action(),
        "subject", row.entry().subject(),
        "detail", row.entry().detail(),
        "previousHash", row.previousHash(),
        "hash", row.hash());
  }
}
