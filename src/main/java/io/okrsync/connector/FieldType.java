package io.okrsync.connector;

/**
 * What a field of a record holds. Every field may also be unset, which is null in an expression.
 */
public enum FieldType {
  /** Any text. */
  TEXT,
  /** An exact decimal. Numbers in JSON and numbers written as text are both read so. */
  NUMBER,
  /**
   * An instant, to the microsecond. A date alone means its first moment in the zone of the source.
   */
  TIME,
  /** True or false. */
  FLAG,
  /** A list of texts, such as labels. */
  TEXTS,
  /** An object with fields of the vendor's own; an expression reads them without type checks. */
  CUSTOM
}
