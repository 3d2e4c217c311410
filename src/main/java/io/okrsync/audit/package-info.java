/**
 * Who or what changed something, when and why: entries, each sealed by the hash of the one before.
 */
@NullMarked
package io.okrsync.audit;

import org.jspecify.annotations.NullMarked;
