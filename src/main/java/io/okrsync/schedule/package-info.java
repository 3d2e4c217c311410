/** Asks for a run of each source at the right time. Knows Quartz; does not know what a run does. */
@NullMarked
package io.okrsync.schedule;

import org.jspecify.annotations.NullMarked;
