package io.okrsync.okr;

/** What is asked of a key result's value. */
public sealed interface Goal permits Reach, Limit {}
