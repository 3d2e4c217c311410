/**
 * Wiring, in the order of the flow: the pipeline, the commands of the command line, and the start.
 */
@NullMarked
package io.okrsync;

import org.jspecify.annotations.NullMarked;
