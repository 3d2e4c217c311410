package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * The step {@code okr:csv}: the body becomes {@code {rows: [...], next: ...}}, where each row is an
 * object of canonical fields.
 *
 * <pre>
 * path        a file, or a folder whose *.csv files are read in the order of their names; without it,
 *             the body is read, which okr:page with answer: csv has made
 * columns     which column holds which field, as a JSON object: {"id": "Deal ID", "custom": {...}};
 *             without it, columns are called like the fields
 * separator   comma (default), semicolon, tab or bar
 * charset     UTF-8 (default), windows-1252, ...
 * decimal     point (default) or comma
 * dateFormat  how dates are written, such as dd/MM/yyyy; without it ISO, such as 2026-11-21
 * </pre>
 */
final class CsvProducer extends DefaultProducer {
  static final List<String> OPTIONS =
      List.of("path", "columns", "separator", "charset", "decimal", "dateFormat");

  private final Map<String, String> options;
  private final CsvFiles files;

  CsvProducer(Endpoint endpoint, Map<String, String> options, CsvFiles files) {
    super(endpoint);
    this.options = options;
    this.files = files;
    for (String name : options.keySet()) {
      if (!OPTIONS.contains(name)) {
        throw new IllegalArgumentException(unknown(name));
      }
    }
  }

  static String unknown(String name) {
    return "okr:csv has no option '%s'; it knows %s".formatted(name, String.join(", ", OPTIONS));
  }

  @Override
  public void process(Exchange exchange) {
    PageCall call = PageCall.of(exchange);
    Placeholders placeholders = new Placeholders(call);
    Map<String, String> filled = new LinkedHashMap<>();
    options.forEach((name, text) -> placeholders.fill(text).ifPresent(t -> filled.put(name, t)));
    CsvFormat format = CsvFormat.of(filled, call);
    exchange
        .getMessage()
        .setBody(
            options.containsKey("path")
                ? files.page(format, call)
                : rows(exchange.getMessage().getBody(JsonNode.class), format, call));
  }

  /** All rows of an answer: one page, since the next request may find another file. */
  private static JsonNode rows(JsonNode answer, CsvFormat format, PageCall call) {
    ObjectNode page = Json.NODES.objectNode();
    ArrayNode rows = page.putArray("rows");
    try {
      byte[] bytes = answer.binaryValue();
      CsvReader.Opening opening = () -> new ByteArrayInputStream(bytes);
      try (CsvReader reader = new CsvReader("the answer", opening, format, call)) {
        for (ObjectNode row = reader.next(); row != null; row = reader.next()) {
          rows.add(row);
        }
      }
      return page;
    } catch (IOException e) {
      throw call.failure(ASK_ADMIN, "answered CSV that cannot be read: " + e.getMessage(), null);
    }
  }
}
