package io.okrsync.connector;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One page of one source being asked for: what the steps of a connector may know. It travels as a
 * property of the exchange; Camel neither prints nor sends it.
 *
 * @param jqSettings the settings whose text is jq ({@code format: jq})
 * @param pushed what was sent to us; null where the source is to be asked
 * @param tokens what was sent for it besides the secrets of the source, and must not be told either
 */
record PageCall(
    Connector connector,
    Set<String> jqSettings,
    Source source,
    ReadingPlace place,
    @Nullable JsonNode pushed,
    Set<Secret> tokens) {
  private static final String PROPERTY = "okrsync.call";

  PageCall(Connector connector, Set<String> jqSettings, Source source, ReadingPlace place) {
    this(connector, jqSettings, source, place, null);
  }

  PageCall(
      Connector connector,
      Set<String> jqSettings,
      Source source,
      ReadingPlace place,
      @Nullable JsonNode pushed) {
    this(connector, jqSettings, source, place, pushed, ConcurrentHashMap.newKeySet());
  }

  static PageCall of(Exchange exchange) {
    PageCall call = exchange.getProperty(PROPERTY, PageCall.class);
    if (call == null) {
      throw new IllegalStateException("a connector works only when a source is read");
    }
    return call;
  }

  void putInto(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /**
   * How many records to ask for: the source's {@code pageSize} where the connector has one, else as
   * many as the vendor gives.
   */
  int limit() {
    return Integer.parseInt(
        value("pageSize")
            .filter(size -> !size.isEmpty())
            .orElse(String.valueOf(connector.pageMaximum())));
  }

  /** The setting that is not secret, or its default; empty where neither is there. */
  Optional<String> value(String property) {
    Optional<String> set =
        Optional.ofNullable(source.with().get(property))
            .or(() -> connector.property(property).map(ConnectorProperty::defaultValue));
    // With or without a slash at the end: people write both.
    return property.equals("baseUrl") ? set.map(url -> url.replaceAll("/+$", "")) : set;
  }

  Optional<Secret> secret(String property) {
    return Optional.ofNullable(source.secrets().get(property));
  }

  /** All settings that are not secret, each as the type its property declares. */
  ObjectNode with() {
    ObjectNode with = Json.NODES.objectNode();
    for (ConnectorProperty property : connector.properties()) {
      if (!property.secret()) {
        with.set(property.name(), typed(property));
      }
    }
    return with;
  }

  private JsonNode typed(ConnectorProperty property) {
    String text = value(property.name()).orElse("");
    if (property.type().equals("string")) {
      return Json.NODES.textNode(text);
    }
    JsonNode value = Json.readOrNull(text);
    return value == null ? NullNode.getInstance() : value;
  }

  /** What the page before said of where to go on: a number, an object or a text; null at first. */
  JsonNode cursor() {
    String cursor = place.cursor();
    if (cursor == null) {
      return NullNode.getInstance();
    }
    JsonNode value = Json.readOrNull(cursor);
    return value != null && (value.isObject() || value.isNumber())
        ? value
        : Json.NODES.textNode(cursor);
  }

  /** The settings that are jq themselves, by name; an object of them makes an object. */
  Map<String, String> programs() {
    Map<String, String> programs = new LinkedHashMap<>();
    for (String name : jqSettings) {
      programs.put(name, program(value(name).orElse("")));
    }
    return programs;
  }

  private static String program(String setting) {
    JsonNode fields = Json.readOrNull(setting);
    if (fields != null && fields.isObject()) {
      return program(fields);
    }
    return setting.isBlank() ? "null" : setting;
  }

  private static String program(JsonNode setting) {
    if (!setting.isObject()) {
      return "(" + setting.asText() + "\n)";
    }
    return setting.properties().stream()
        .map(field -> Json.NODES.textNode(field.getKey()) + ": " + program(field.getValue()))
        .collect(joining(", ", "{", "}"));
  }

  /** The text without any secret of this source, whoever put it there. */
  String withoutSecrets(String text) {
    String clean = text;
    for (Secret secret : secrets()) {
      clean = secret.hiddenIn(clean);
    }
    return clean;
  }

  /** What a person has to do where its credentials are refused. */
  String renewal() {
    OAuth2 oauth2 = source.oauth2();
    if (oauth2 != null) {
      return oauth2.renewal();
    }
    return source.secrets().isEmpty()
        ? "check its settings"
        : source.secrets().entrySet().stream()
            .map(secret -> secret.getValue().toReplace(secret.getKey()))
            .sorted()
            .collect(joining("; or "));
  }

  private List<Secret> secrets() {
    List<Secret> all = new ArrayList<>(source.secrets().values());
    all.addAll(tokens);
    OAuth2 oauth2 = source.oauth2();
    if (oauth2 != null) {
      all.add(oauth2.clientSecret());
    }
    return all;
  }

  SourceFailure failure(SourceFailure.Remedy remedy, String what, @Nullable Throwable cause) {
    String message = "Source '%s' %s".formatted(source.name(), withoutSecrets(what));
    return new SourceFailure(remedy, message, null, cause);
  }
}
