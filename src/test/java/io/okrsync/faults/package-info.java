/**
 * A simulated tool that goes wrong in every way we know, reproducibly from a seed, and an oracle
 * that computes the true values from the tool's own records. It shares no code with the service.
 */
@NullMarked
package io.okrsync.faults;

import org.jspecify.annotations.NullMarked;
