package io.okrsync.connector;

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
 * path        a file, or a folder whose *.csv files are read in the order of their names
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
    exchange.getMessage().setBody(files.page(CsvFormat.of(filled, call), call));
  }
}
