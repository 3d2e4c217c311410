package io.okrsync.demo;

/** A request that the vendor would answer with 400; the message is what it says about it. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String problem;

  /**
   * @param field the parameter that is wrong
   */
  Refused(String field, String message) {
    super(message, null, false, false);
    this.field = field;
    this.problem = message;
  }

  String field() {
    return field;
  }

  /** The message, which an exception of Java's own might lack. */
  String problem() {
    return problem;
  }
}
