/** REST and pages, made from query rows, and the events that keep open pages up to date. */
@NullMarked
package io.okrsync.web;

import org.jspecify.annotations.NullMarked;
