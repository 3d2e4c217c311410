package io.okrsync.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a connector, as its file declares it.
 *
 * @param type string, integer, number, boolean or object, as in JSON Schema
 * @param format what the text is ({@code format} of JSON Schema); null where it is any text
 * @param byField whether the keys of its object are fields of the record kind ({@code
 *     propertyNames: {format: field}})
 * @param defaultValue what holds when a source does not set it; null means there is no default
 * @param example a value to copy; null means the file gives none
 * @param minimum the least whole number that makes sense; null means any
 * @param allowed the values that are allowed; empty means any of the type
 */
public record ConnectorProperty(
    String name,
    String title,
    String description,
    String type,
    boolean required,
    @Nullable String format,
    boolean byField,
    @Nullable String defaultValue,
    @Nullable String example,
    @Nullable Long minimum,
    List<String> allowed) {

  /** Whether the value must never be seen. */
  public boolean secret() {
    return "password".equals(format);
  }

  /** Whether its text is jq, or each text in its object. */
  public boolean jq() {
    return "jq".equals(format);
  }

  /** Whether it is the address of a server, over HTTP. */
  public boolean address() {
    return "uri".equals(format);
  }

  /** Whether it is a file or a folder of this machine. */
  public boolean path() {
    return "path".equals(format);
  }
}
