package io.okrsync.web;

import io.okrsync.audit.Explanation;
import io.okrsync.audit.Restatement;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A restatement as the API and the command line give it.
 *
 * @param change what the amounts of the parts add up to, exactly
 * @param share of the final value; null where that is 0
 * @param beyond whether that is more than the tolerance of its cycle
 * @param parts none where the causes cannot be told
 */
record RestatementBody(
    String keyResult,
    String title,
    String cycle,
    String unit,
    BigDecimal closed,
    String closedAt,
    BigDecimal now,
    String since,
    long reading,
    BigDecimal change,
    @Nullable BigDecimal share,
    BigDecimal tolerance,
    boolean beyond,
    List<ExplanationBody.PartBody> parts) {
  static RestatementBody of(Audit.Restated restated) {
    Restatement what = restated.what();
    Explanation why = restated.why();
    return new RestatementBody(
        what.keyResult().id(),
        what.keyResult().title(),
        what.keyResult().cycle().id(),
        what.keyResult().unit(),
        what.closed(),
        what.closedAt().toString(),
        what.now(),
        what.since().toString(),
        what.reading(),
        what.change(),
        what.share(),
        what.tolerance(),
        what.isBeyond(),
        why == null ? List.of() : why.parts().stream().map(ExplanationBody.PartBody::of).toList());
  }
}
