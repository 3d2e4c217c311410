/**
 * The benchmark: the service against a hand-written loop of the same stack, side by side in one run
 * ({@code src/docs/benchmark.md}). Each is measured in a process of its own; the deals are served
 * by a third.
 */
@NullMarked
package io.okrsync.bench;

import org.jspecify.annotations.NullMarked;
