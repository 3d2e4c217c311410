package io.okrsync.demo;

import java.time.Instant;
import java.util.function.Predicate;

/**
 * A query in the part of JQL that is understood here: clauses with {@code = != > >= < <= IN IS},
 * {@code AND OR NOT}, parentheses, and {@code ORDER BY} times or the key. As with the vendor it
 * must restrict the search.
 *
 * @param orderName tells two orders apart
 */
record Jql(Predicate<Issue> where, Order<Issue> order, String orderName) {

  /** Throws Refused, with what the vendor would say, if it cannot be understood. */
  static Jql parse(String text, Instant now) {
    return new JqlParser(new JqlLexer(text), now).query();
  }
}
