package io.okrsync.config;

import io.okrsync.config.Node.Entry;
import io.okrsync.config.Node.Scalar.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads a text as YAML: one document of mappings, lists and values. Anchors, aliases and tags are
 * refused, so a small file cannot become a large one.
 */
final class YamlText {
  private static final int DEEPEST = 20;
  private static final String QUOTES = "a text that begins with this character needs quotes";
  private static final ScalarResolver TYPES = new CoreSchema().getScalarResolver();

  private final ConfigurationFile file;
  private final Problems problems;
  private final int[] source;
  private final Iterator<Event> events;

  private YamlText(ConfigurationFile file, Problems problems) {
    this.file = file;
    this.problems = problems;
    this.source = file.text().codePoints().toArray();
    this.events = new Parse(LoadSettings.builder().build()).parseString(file.text()).iterator();
  }

  /**
   * What stands in the file; empty where nothing does or its text is no YAML, which is reported.
   */
  static Optional<Node> read(ConfigurationFile file, Problems problems) {
    try {
      return new YamlText(file, problems).document();
    } catch (YamlEngineException e) {
      SyntaxProblem.add(file, e, problems);
      return Optional.empty();
    }
  }

  private Optional<Node> document() {
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof NodeEvent) {
        Node node = node(event, place("", event), 0);
        onlyOne();
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  private void onlyOne() {
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == ID.DocumentStart) {
        problems.add(place("", event), "a second document begins here; there may be one in a file");
        return;
      }
    }
  }

  private Node node(Event event, Place place, int depth) {
    boolean refused = refused(event, place(place.path(), event));
    Node node = readable(event, place, depth);
    return refused ? new Node.Spoiled(place) : node;
  }

  private Node readable(Event event, Place place, int depth) {
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, place(place.path(), event));
    }
    if (!(event instanceof CollectionStartEvent)) {
      return new Node.Spoiled(place);
    }
    if (depth == DEEPEST) {
      throw new ParserException(
          "it is nested deeper than " + DEEPEST + " levels", event.getStartMark());
    }
    return event instanceof MappingStartEvent ? mapping(place, depth) : items(place, depth);
  }

  private boolean refused(Event event, Place place) {
    int before = problems.count();
    if (event instanceof AliasEvent
        || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      problems.add(
          place, "anchors (&) and aliases (*) are not used here; write the value out", QUOTES);
    }
    boolean tagged =
        event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
            || event instanceof CollectionStartEvent start && start.getTag().isPresent();
    if (tagged) {
      problems.add(place, "tags (!) are not used here; write the value alone", QUOTES);
    }
    return problems.count() > before;
  }

  private Node items(Place place, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event next = events.next(); next.getEventId() != ID.SequenceEnd; next = events.next()) {
      items.add(node(next, place(place.path() + "[" + items.size() + "]", next), depth + 1));
    }
    return new Node.Items(place, items);
  }

  private Node mapping(Place place, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    boolean named = true;
    for (Event next = events.next(); next.getEventId() != ID.MappingEnd; next = events.next()) {
      if (next instanceof ScalarEvent name) {
        entry(name, place, depth, entries);
      } else {
        noName(next, place, depth);
        named = false;
      }
    }
    return named ? new Node.Mapping(place, entries) : new Node.Spoiled(place);
  }

  private void entry(ScalarEvent name, Place mapping, int depth, Map<String, Entry> entries) {
    String prefix = mapping.path().isEmpty() ? "" : mapping.path() + ".";
    Place key = place(prefix + name.getValue(), name);
    boolean refused = refused(name, key);
    Entry entry = new Entry(key, node(events.next(), key, depth + 1));
    Entry first = refused ? entry : entries.putIfAbsent(name.getValue(), entry);
    if (!refused && first != null) {
      problems.add(key, "is given twice; the first is in line " + first.key().line());
    }
  }

  /** A list or mapping where a name should be: what {@code {{env:X}}} without quotes looks like. */
  private void noName(Event event, Place mapping, int depth) {
    problems.add(
        place(mapping.path(), event),
        "a name is expected here",
        "a reference needs quotes: \"{{env:NAME}}\"");
    node(event, mapping, depth + 1);
    node(events.next(), mapping, depth + 1);
  }

  private Node.Scalar scalar(ScalarEvent event, Place place) {
    boolean plain = event.isPlain();
    ScalarPlaces places =
        new ScalarPlaces(
            event.getScalarStyle(), source, index(event.getStartMark()), index(event.getEndMark()));
    return new Node.Scalar(place, event.getValue(), type(event.getValue(), plain), plain, places);
  }

  private static Type type(String text, boolean plain) {
    Tag tag = plain ? TYPES.resolve(text, true) : Tag.STR;
    if (tag.equals(Tag.NULL)) {
      return Type.NOTHING;
    }
    if (tag.equals(Tag.BOOL)) {
      return Type.FLAG;
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Type.NUMBER : Type.TEXT;
  }

  private Place place(String path, Event event) {
    Mark mark = event.getStartMark().orElseThrow();
    return new Place(file, path, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static int index(Optional<Mark> mark) {
    return mark.orElseThrow().getIndex();
  }
}
