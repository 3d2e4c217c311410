/**
 * REST and pages, made from what a {@link io.okrsync.web.Site} says, and the events that keep open
 * pages up to date. Begin to read at {@link io.okrsync.web.WebServer}: requests pass the guard, an
 * endpoint of Api, Pages, Health or Metrics makes an answer on a worker thread, and views carry
 * finished texts to the templates in {@code src/main/jte}. It knows no entity and no Camel.
 */
@NullMarked
package io.okrsync.web;

import org.jspecify.annotations.NullMarked;
