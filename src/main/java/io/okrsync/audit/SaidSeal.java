package io.okrsync.audit;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the audit entry of a statement or a check-in seals: all that a person said, as canonical
 * JSON, by its SHA-256. In words alone, a reason with an address in it could not be told from a
 * reason and a link.
 */
final class SaidSeal {
  private SaidSeal() {}

  static String of(Statement said) {
    Map<String, @Nullable Object> content = new TreeMap<>();
    content.put("keyResult", said.keyResult());
    content.put("kind", said.kind().name());
    content.put("at", said.at());
    content.put("by", said.by());
    content.put("value", said.value());
    content.put("reason", said.reason());
    content.put("link", said.link());
    content.put("until", said.until());
    return CanonicalJson.digest(CanonicalJson.of(content));
  }

  static String of(CheckIn said) {
    Map<String, @Nullable Object> content = new TreeMap<>();
    content.put("keyResult", said.keyResult());
    content.put("at", said.at());
    content.put("by", said.by());
    content.put("confidence", (long) said.confidence());
    content.put("wins", said.wins());
    content.put("blockers", said.blockers());
    return CanonicalJson.digest(CanonicalJson.of(content));
  }
}
