/**
 * Advice about the wording and the numbers of objectives and key results. Objectives come in, and
 * what a check found goes out, with the key it stands at. It knows no file; the articles on OKRs
 * contradict one another, so each check can be switched.
 */
@NullMarked
package io.okrsync.lint;

import org.jspecify.annotations.NullMarked;
