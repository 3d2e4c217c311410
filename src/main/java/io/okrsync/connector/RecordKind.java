package io.okrsync.connector;

import static io.okrsync.connector.FieldType.CUSTOM;
import static io.okrsync.connector.FieldType.FLAG;
import static io.okrsync.connector.FieldType.NUMBER;
import static io.okrsync.connector.FieldType.TEXT;
import static io.okrsync.connector.FieldType.TEXTS;
import static io.okrsync.connector.FieldType.TIME;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The canonical shape of a kind of record, so that a formula does not know the vendor. Every kind
 * has {@code id}, {@code updatedAt}, {@code url} (the record's page in the tool it came from) and
 * {@code custom} besides the fields below.
 */
@SuppressWarnings("ImmutableEnumChecker") // the map is unmodifiable
public enum RecordKind {
  /** Something being sold. {@code status} is open, won or lost. */
  DEAL(
      text("title", "status", "currency", "stage", "pipeline", "owner"),
      number("value"),
      time("createdAt", "closedAt", "wonAt", "lostAt", "expectedCloseAt")),
  /** An e-mail sent to many. {@code machineOpens} is unset where the platform does not tell it. */
  CAMPAIGN(
      text("name", "subject", "list"),
      number(
          "sent",
          "delivered",
          "bounced",
          "opens",
          "uniqueOpens",
          "machineOpens",
          "clicks",
          "uniqueClicks",
          "unsubscribed"),
      time("sentAt")),
  /**
   * A piece of work in a tracker. {@code category} is todo, doing or done, whatever the status is
   * called.
   */
  ISSUE(
      text("key", "title", "type", "status", "category", "priority", "project", "assignee"),
      texts("labels"),
      number("points"),
      time("createdAt", "startedAt", "resolvedAt", "dueAt")),
  /** A person or company one talks to. */
  CONTACT(text("name", "email", "company", "status", "origin", "owner"), time("createdAt")),
  /** A call, meeting or task done with a contact. */
  ACTIVITY(
      text("title", "type", "owner", "deal", "contact"),
      flag("done"),
      time("createdAt", "dueAt", "doneAt")),
  /** A request for help. */
  TICKET(
      text("key", "title", "status", "category", "priority", "channel", "assignee"),
      texts("labels"),
      time("createdAt", "firstReplyAt", "resolvedAt", "dueAt")),
  /** A survey answer or a review. */
  RESPONSE(text("survey", "respondent", "comment"), number("score"), time("at")),
  /** A contract that renews. */
  SUBSCRIPTION(
      text("customer", "plan", "status", "currency"),
      number("amount"),
      time("startedAt", "canceledAt", "endsAt")),
  /** Money spent. */
  SPEND(text("name", "category", "currency"), number("amount"), time("at")),
  /** A change of one field of another record, such as a stage that was entered. */
  CHANGE(text("recordId", "field", "from", "to"), time("at")),
  /** One value of any gauge at one time. */
  POINT(text("name", "unit"), number("value"), time("at"));

  private final Map<String, FieldType> fields;

  @SafeVarargs
  @SuppressWarnings("varargs")
  RecordKind(Map<String, FieldType>... groups) {
    Map<String, FieldType> all = new LinkedHashMap<>();
    all.put("id", TEXT);
    all.put("updatedAt", TIME);
    all.put("url", TEXT);
    Arrays.stream(groups).forEach(all::putAll);
    all.put("custom", CUSTOM);
    this.fields = Collections.unmodifiableMap(all);
  }

  /**
   * The fields a record of this kind may have, in the order of the documents, each with what it
   * holds.
   */
  public Map<String, FieldType> fields() {
    return fields;
  }

  /** The only texts that a field may hold; empty where it may hold any. */
  List<String> words(String field) {
    return switch (this) {
      case DEAL -> field.equals("status") ? List.of("open", "won", "lost") : List.of();
      case ISSUE -> field.equals("category") ? List.of("todo", "doing", "done") : List.of();
      default -> List.of();
    };
  }

  /** The names that settings may map: the fields, and {@code removed}. */
  public List<String> mappable() {
    return Stream.concat(fields.keySet().stream(), Stream.of("removed")).toList();
  }

  /** The name used in connector files and messages, such as {@code deal}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this label, if there is one. */
  public static Optional<RecordKind> labelled(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  /** All labels, for messages that say what is known. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(RecordKind::label).toList();
  }

  private static Map<String, FieldType> text(String... names) {
    return group(TEXT, names);
  }

  private static Map<String, FieldType> texts(String... names) {
    return group(TEXTS, names);
  }

  private static Map<String, FieldType> number(String... names) {
    return group(NUMBER, names);
  }

  private static Map<String, FieldType> time(String... names) {
    return group(TIME, names);
  }

  private static Map<String, FieldType> flag(String... names) {
    return group(FLAG, names);
  }

  private static Map<String, FieldType> group(FieldType type, String... names) {
    Map<String, FieldType> group = new LinkedHashMap<>();
    for (String name : names) {
      group.put(name, type);
    }
    return group;
  }
}
