package io.okrsync.web;

import io.okrsync.audit.Explanation;
import io.okrsync.audit.Explanation.Edit;
import io.okrsync.audit.Explanation.Part;
import io.okrsync.audit.Explanation.Point;
import io.okrsync.audit.Explanation.RecordPart;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An explanation as the API and the command line give it.
 *
 * @param change what the amounts of the parts add up to, exactly
 */
record ExplanationBody(
    String keyResult,
    PointBody from,
    PointBody to,
    BigDecimal change,
    List<PartBody> parts,
    List<EditBody> edits) {

  static ExplanationBody of(Explanation explained) {
    return new ExplanationBody(
        explained.keyResult(),
        PointBody.of(explained.from()),
        PointBody.of(explained.to()),
        explained.change(),
        explained.parts().stream().map(PartBody::of).toList(),
        explained.edits().stream().map(EditBody::of).toList());
  }

  /** The value at a moment. */
  record PointBody(
      String asked,
      boolean first,
      BigDecimal value,
      @Nullable BigDecimal read,
      String since,
      long reading,
      @Nullable Long run,
      long configVersion,
      @Nullable BigDecimal progress) {
    static PointBody of(Point point) {
      return new PointBody(
          point.asked().toString(),
          point.isFirst(),
          point.value(),
          point.read(),
          point.since().toString(),
          point.reading(),
          point.run(),
          point.configVersion(),
          point.progress());
    }
  }

  /** What one cause added. */
  record PartBody(
      String cause,
      @Nullable String input,
      @Nullable Long configVersion,
      String text,
      BigDecimal amount,
      long records,
      List<RecordBody> largest) {
    static PartBody of(Part part) {
      return new PartBody(
          part.why().label(),
          part.input(),
          part.configVersion(),
          part.text(),
          part.amount(),
          part.records(),
          part.largest().stream().map(RecordBody::of).toList());
    }
  }

  /** What one record added. */
  record RecordBody(
      String source,
      String record,
      @Nullable Long run,
      @Nullable String at,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      BigDecimal amount,
      @Nullable String title,
      @Nullable String url) {
    static RecordBody of(RecordPart part) {
      return new RecordBody(
          part.source(),
          part.record(),
          part.run(),
          Json.time(part.at()),
          part.before(),
          part.after(),
          part.amount(),
          part.title(),
          part.url());
    }
  }

  /** What is asked was set anew. */
  record EditBody(String what, String from, String to, long configVersion, String at) {
    static EditBody of(Edit edit) {
      return new EditBody(
          edit.what(), edit.from(), edit.to(), edit.configVersion(), edit.at().toString());
    }
  }
}
