package io.okrsync.store;

import io.okrsync.sync.SyncRun;

/**
 * The run of what a source has sent.
 *
 * @param repeated whether the same request came before, so that this is the run it made then
 */
public record PushedRun(SyncRun run, boolean repeated) {}
