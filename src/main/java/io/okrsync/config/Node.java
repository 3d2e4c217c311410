package io.okrsync.config;

import java.util.List;
import java.util.Map;

/** What stands in a YAML file: the small part of YAML that configuration needs, with its places. */
sealed interface Node {
  Place place();

  /**
   * Names with values, in the order of the file.
   *
   * @param place where its name stands; where it has none, where it begins
   */
  record Mapping(Place place, Map<String, Entry> entries) implements Node {
    /** Where the value of this name begins; where the mapping begins if it has none. */
    Place place(String name) {
      Entry entry = entries.get(name);
      return entry == null ? place : entry.value().place();
    }
  }

  /** A name in a mapping, where it stands, and what it holds. */
  record Entry(Place key, Node value) {}

  record Items(Place place, List<Node> items) implements Node {}

  /** Something whose problem has been reported already; it is neither used nor missed. */
  record Spoiled(Place place) implements Node {}

  /**
   * A single value.
   *
   * @param type what YAML takes it for
   * @param plain whether it is written without quotes
   * @param places where each of its characters stands
   */
  record Scalar(Place place, String text, Type type, boolean plain, ScalarPlaces places)
      implements Node {
    enum Type {
      TEXT,
      NUMBER,
      FLAG,
      NOTHING
    }

    /** Where this line and column of the text stand in the file. */
    Place inside(int line, int column) {
      return places.find(place, text, line, column);
    }

    boolean isEmpty() {
      return type == Type.NOTHING || text.isBlank();
    }

    /** As it is written, short enough for a message. */
    String shown() {
      String line = text.lines().findFirst().orElse("");
      boolean cut = line.length() < text.strip().length() || line.length() > 60;
      return "'" + line.substring(0, Math.min(60, line.length())) + (cut ? "…'" : "'");
    }
  }
}
