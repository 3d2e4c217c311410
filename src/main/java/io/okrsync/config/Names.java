package io.okrsync.config;

import io.okrsync.measure.NearestName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Says which name somebody may have meant. */
final class Names {
  private static final int LISTED = 25;

  private Names() {}

  /** Such as {@code did you mean 'every'? known here: connector, with, every}. */
  static String hint(String name, Collection<String> known) {
    String near = NearestName.to(name, known).map("did you mean '%s'? "::formatted).orElse("");
    if (known.isEmpty()) {
      return "nothing is known here yet";
    }
    String more = known.size() > LISTED ? " and " + (known.size() - LISTED) + " more" : "";
    return near
        + "known here: "
        + known.stream().limit(LISTED).collect(Collectors.joining(", "))
        + more;
  }
}
