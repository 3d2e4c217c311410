package io.okrsync.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting of a connector, as its file declares it.
 *
 * @param type string, integer, number, boolean or object, as in JSON Schema
 * @param jq whether its text is jq, or each text in its object ({@code format: jq})
 * @param byField whether the keys of its object are fields of the record kind ({@code
 *     propertyNames: {format: field}})
 * @param secret whether the value must never be seen ({@code format: password})
 * @param defaultValue what holds when a source does not set it; null means there is no default
 * @param example a value to copy; null means the file gives none
 * @param allowed the values that are allowed; empty means any of the type
 */
public record ConnectorProperty(
    String name,
    String title,
    String description,
    String type,
    boolean required,
    boolean secret,
    boolean jq,
    boolean byField,
    @Nullable String defaultValue,
    @Nullable String example,
    List<String> allowed) {}
