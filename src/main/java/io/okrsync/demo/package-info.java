/**
 * Small servers on loopback that speak like the vendors, over generated data that keeps changing.
 * For the demo and for tests; the service does not know it.
 */
@NullMarked
package io.okrsync.demo;

import org.jspecify.annotations.NullMarked;
