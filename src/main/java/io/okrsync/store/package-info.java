/**
 * What is kept: records and contributions by JDBC batches, the rest through Hibernate, on H2 and
 * PostgreSQL. One transaction for a page and one that publishes.
 */
@NullMarked
package io.okrsync.store;

import org.jspecify.annotations.NullMarked;
