package io.okrsync.web;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.SealedEntry;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Objective;
import io.okrsync.okr.Statement;
import io.okrsync.store.KeyResultReading;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value's whole lineage on one page that can be printed.
 *
 * @param objective to which it belonged then; null where that cannot be told any more
 * @param owner of the key result then, or of its objective
 * @param override what a person put over this very value for now; null where nobody did
 * @param computedAt when all this was computed again, which is when the page was made
 * @param formula by the configuration of then; null where it cannot be compiled any more
 * @param json where the whole receipt is, as canonical JSON
 * @param behind records that it counts
 * @param configured where the audit entry of its configuration is; null where there is none
 * @param signed the checkpoint that signed it; null where none has by now
 * @param differences what comes out otherwise when it is computed again; empty where nothing does
 */
public record LineageView(
    long reading,
    String keyResult,
    String title,
    @Nullable String objective,
    String owner,
    @Nullable String override,
    Moment computedAt,
    String address,
    Amount value,
    Amount previous,
    @Nullable String reason,
    Moment at,
    String cause,
    @Nullable Long run,
    long configVersion,
    @Nullable String formula,
    String why,
    String json,
    ReceiptView receipt,
    List<String> measures,
    List<CountedRow> behind,
    AuditView.@Nullable EntryRow entry,
    @Nullable String entryAddress,
    @Nullable String configured,
    @Nullable SignedRow signed,
    List<String> differences) {

  /**
   * @param holding the override that holds over the value now; null where none does
   */
  static LineageView of(Audit.Lineage lineage, @Nullable Statement holding, Moments moments) {
    KeyResultReading reading = lineage.reading();
    KeyResult keyResult = lineage.keyResult();
    SealedEntry entry = lineage.entry();
    Objective objective = lineage.objective();
    String unit = keyResult == null ? "" : keyResult.unit();
    return new LineageView(
        reading.id(),
        reading.keyResult(),
        keyResult == null ? reading.keyResult() : keyResult.title(),
        objective == null ? null : objective.title(),
        owner(keyResult, objective),
        holding == null ? null : override(holding, unit, moments),
        moments.exact(moments.now()),
        Addresses.keyResult(reading.keyResult()),
        Amount.exact(reading.value(), unit),
        Amount.exact(reading.previous(), unit),
        reading.reason(),
        moments.at(reading.at()),
        reading.cause().name().toLowerCase(Locale.ROOT),
        reading.run(),
        reading.configVersion(),
        keyResult == null ? null : keyResult.formula(),
        Addresses.why(reading.keyResult(), reading.at()),
        Api.ROOT + "/readings/" + reading.id(),
        ReceiptView.of(lineage.receipt(), lineage.runs(), moments),
        lineage.measures().stream().map(each -> measure(each, reading)).toList(),
        lineage.behind().stream().map(each -> CountedRow.of(each, moments)).toList(),
        entry == null ? null : AuditView.row(entry, Set.of(), moments),
        entry == null ? null : Addresses.entry(entry.sequence()),
        lineage.configured() == null ? null : Addresses.entry(lineage.configured().sequence()),
        lineage.checkpoint() == null ? null : SignedRow.of(lineage.checkpoint(), moments),
        lineage.differences());
  }

  private static String owner(@Nullable KeyResult keyResult, @Nullable Objective objective) {
    String ofAll = objective == null ? "" : objective.owner();
    return keyResult == null ? ofAll : keyResult.terms().owner().orElse(ofAll);
  }

  private static String override(Statement it, String unit, Moments moments) {
    return "%s is shown in its place, put by %s at %s until %s: %s"
        .formatted(
            Figures.exactWithUnit(requireNonNull(it.value()), unit),
            it.by(),
            moments.exact(it.at()).text(),
            moments.exact(requireNonNull(it.until())).text(),
            it.reason());
  }

  /** With the rates that held in the windows in which it was read. */
  private static String measure(MeasureDefinition measure, KeyResultReading reading) {
    List<Input> its =
        reading.inputs().stream()
            .filter(each -> each.version().startsWith(measure.name() + "@"))
            .toList();
    Instant from = its.stream().map(Input::from).min(Comparator.naturalOrder()).orElseThrow();
    Instant to = its.stream().map(Input::to).max(Comparator.naturalOrder()).orElseThrow();
    return MeasureText.of(measure) + MeasureText.rates(measure, from, to);
  }

  /** Records that a measure counts. */
  public record CountedRow(String measure, String window, List<RecordRow> some, boolean more) {
    static CountedRow of(Audit.Counted counted, Moments moments) {
      return new CountedRow(
          counted.measure(),
          moments.window(counted.from(), counted.to()),
          counted.some().stream()
              .map(
                  each ->
                      new RecordRow(
                          each.title() == null ? each.record() : each.title(),
                          each.record(),
                          each.url(),
                          each.at() == null ? null : moments.at(each.at()),
                          Amount.exact(each.amount(), "")))
              .toList(),
          counted.more());
    }
  }

  /** A record that counts. */
  public record RecordRow(
      String name, String id, @Nullable String url, @Nullable Moment at, Amount amount) {}

  /** The checkpoint that signed it. */
  public record SignedRow(long sequence, Moment at, String key) {
    static SignedRow of(Checkpoint checkpoint, Moments moments) {
      return new SignedRow(checkpoint.sequence(), moments.at(checkpoint.at()), checkpoint.keyId());
    }
  }
}
