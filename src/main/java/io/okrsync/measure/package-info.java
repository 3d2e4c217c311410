/**
 * Which records count, when, and how much. Records go in, contributions come out; contributions in
 * a window go in, a reading comes out. Begin with {@link io.okrsync.measure.Measure}; how
 * expressions are compiled begins with {@link io.okrsync.measure.Vocabulary}.
 */
@NullMarked
package io.okrsync.measure;

import org.jspecify.annotations.NullMarked;
