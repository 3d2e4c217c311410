/**
 * What a team looks at: cycles, objectives and key results. Values come in, and progress, score,
 * pace, status and the change that was made go out. It knows no database, no network and no
 * formula.
 */
@NullMarked
package io.okrsync.okr;

import org.jspecify.annotations.NullMarked;
