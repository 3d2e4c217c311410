package io.okrsync.web;

import io.okrsync.audit.SealedEntry;

/** An audit entry as the API gives it. */
record EntryBody(
    long sequence,
    String at,
    String actor,
    String action,
    String subject,
    String detail,
    String previousHash,
    String hash) {
  static EntryBody of(SealedEntry sealed) {
    return new EntryBody(
        sealed.sequence(),
        sealed.entry().at().toString(),
        sealed.entry().actor(),
        sealed.entry().action(),
        sealed.entry().subject(),
        sealed.entry().detail(),
        sealed.previousHash(),
        sealed.hash());
  }
}
