package io.okrsync.sync;

/**
 * Something about a source that no single run shows: its runs themselves may all look well.
 *
 * @param sentence what was seen, and what to do
 */
public record Concern(Kind kind, String sentence) {
  /** What may be the matter. */
  public enum Kind {
    /** No run of it has ever begun. */
    NEVER_ATTEMPTED("never attempted"),
    /** Its source refused the credentials of its last run. */
    NEEDS_AUTHORISATION("needs authorisation"),
    /** One of its runs waits for a person, and no other one begins until then. */
    HELD("held"),
    /** A published run could not read some items, and no run since has read them again. */
    INCOMPLETE("incomplete"),
    /** It was read, or its last run began, at a time that is yet to come. */
    CLOCK_PUT_BACK("clock put back"),
    /** It should have been asked for since, and was not. */
    OVERDUE("overdue"),
    /** Its latest runs ended well and read nothing, though there are records. */
    READ_NOTHING("read nothing"),
    /** Its latest run took a small part of the time that its runs take. */
    TOO_FAST("suspiciously fast"),
    /** Another process with the same database computes values by other files. */
    OTHER_CONFIGURATION("other configuration");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The words to show. */
    public String label() {
      return label;
    }
  }
}
