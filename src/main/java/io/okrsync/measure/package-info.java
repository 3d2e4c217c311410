/**
 * Which records count, when, and how much. Records go in, contributions come out; contributions in
 * a window go in, a reading comes out.
 */
@NullMarked
package io.okrsync.measure;

import org.jspecify.annotations.NullMarked;
