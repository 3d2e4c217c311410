package io.okrsync.web;

import io.okrsync.audit.Explanation;
import io.okrsync.audit.Explanation.Edit;
import io.okrsync.audit.Explanation.Part;
import io.okrsync.audit.Explanation.RecordPart;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a value changed, as the page of its key result tells it.
 *
 * @param first where the receipt of the first value is, where there was no earlier one to compare
 *     with; null where there was
 * @param sum what the parts add up to, which is the change
 */
public record WhyView(
    Moment from,
    Moment to,
    Amount before,
    Amount after,
    @Nullable String first,
    String sum,
    List<PartRow> parts,
    List<EditRow> edits) {

  /**
   * @param input null where it is not about one measure
   * @param more how many records are not listed
   */
  public record PartRow(
      String words,
      @Nullable String input,
      String amount,
      String records,
      List<RecordRow> largest,
      long more) {}

  /**
   * @param name what people call it, or its id
   * @param id null where it is the name
   * @param url null where none is known
   * @param run null where no run brought it
   */
  public record RecordRow(
      String name,
      @Nullable String id,
      @Nullable String url,
      @Nullable Moment at,
      Amount before,
      Amount after,
      String amount,
      @Nullable Long run) {}

  /** Baseline or target set anew. */
  public record EditRow(String text, Moment at) {}

  static WhyView of(Explanation explained, String unit, Moments moments) {
    return new WhyView(
        moments.at(
            explained.from().isFirst() ? explained.from().since() : explained.from().asked()),
        moments.at(explained.to().asked()),
        Amount.exact(explained.from().value(), unit),
        Amount.exact(explained.to().value(), unit),
        explained.from().isFirst() ? Addresses.reading(explained.from().reading()) : null,
        signed(explained.change()),
        explained.parts().stream().map(each -> row(each, moments)).toList(),
        explained.edits().stream().map(each -> row(each, moments)).toList());
  }

  static PartRow row(Part part, Moments moments) {
    String version = part.configVersion() == null ? "" : " " + part.configVersion();
    boolean says = part.text().equals(part.why().words());
    return new PartRow(
        part.why().words() + version + (says ? "" : ": " + part.text()),
        part.input(),
        signed(part.amount()),
        part.records() == 0 ? "" : RunRow.count(part.records()),
        part.largest().stream().map(each -> row(each, moments)).toList(),
        part.largest().isEmpty() ? 0 : part.records() - part.largest().size());
  }

  private static RecordRow row(RecordPart part, Moments moments) {
    String title = part.title();
    return new RecordRow(
        title == null ? part.record() : title,
        title == null ? null : part.record(),
        part.url(),
        part.at() == null ? null : moments.at(part.at()),
        Amount.exact(part.before(), ""),
        Amount.exact(part.after(), ""),
        signed(part.amount()),
        part.run());
  }

  private static EditRow row(Edit edit, Moments moments) {
    return new EditRow(
        "%s from %s to %s, by configuration %d"
            .formatted(edit.what(), edit.from(), edit.to(), edit.configVersion()),
        moments.at(edit.at()));
  }

  /** With all digits: what is added up must be seen to add up. */
  private static String signed(BigDecimal amount) {
    return (amount.signum() > 0 ? "+" : "") + Figures.exact(amount);
  }
}
