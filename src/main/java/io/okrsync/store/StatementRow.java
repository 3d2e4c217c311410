package io.okrsync.store;

import io.okrsync.okr.Statement;

/** A stored statement, for those who check it. */
public record StatementRow(long id, Statement said) {}
