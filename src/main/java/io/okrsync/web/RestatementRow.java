package io.okrsync.web;

import io.okrsync.audit.Explanation;
import io.okrsync.audit.Restatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A restatement as pages show it.
 *
 * @param change with its share and what is tolerated, in words
 * @param why where it is explained record by record
 * @param causes none where they are not told here
 */
public record RestatementRow(
    String title,
    String address,
    String cycle,
    Amount closed,
    Moment closedAt,
    Amount now,
    String change,
    boolean beyond,
    String why,
    List<WhyView.PartRow> causes) {
  static RestatementRow of(Restatement it, @Nullable Explanation why, Moments moments) {
    String id = it.keyResult().id();
    String unit = it.keyResult().unit();
    return new RestatementRow(
        it.keyResult().title(),
        Addresses.keyResult(id),
        it.keyResult().cycle().id(),
        Amount.exact(it.closed(), unit),
        moments.exact(it.closedAt()),
        Amount.exact(it.now(), unit),
        it.inWords(),
        it.isBeyond(),
        Addresses.since(id, it.closedAt()),
        why == null
            ? List.of()
            : why.parts().stream().map(part -> WhyView.row(part, moments)).toList());
  }
}
