package io.okrsync.okr;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Nothing is asked of the value: it keeps watch over the health of what is done. */
public record Watch() implements Goal {
  @Override
  public SortedMap<String, String> told() {
    return new TreeMap<>(Map.of("watch", "true"));
  }
}
