package io.okrsync.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records, and what key results they must make.
 *
 * @param file as it is shown
 * @param line where it begins
 * @param records by source: a list of records, each an object of canonical fields
 * @param expected by key result
 */
public record TestCase(
    String file,
    int line,
    String name,
    Instant now,
    Map<String, ArrayNode> records,
    Map<String, Expectation> expected) {
  public TestCase {
    records = Collections.unmodifiableMap(new LinkedHashMap<>(records));
    expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
  }
}
