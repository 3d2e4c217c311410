package io.okrsync.web;

import io.okrsync.audit.SealedEntry;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.KeyResultReading;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value's whole lineage on one page that can be printed.
 *
 * @param formula by the configuration of then; null where it cannot be compiled any more
 * @param differences what comes out otherwise when it is computed again; empty where nothing does
 */
public record LineageView(
    long reading,
    String keyResult,
    String title,
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
    String receipt,
    List<KeyResultView.InputRow> inputs,
    List<String> measures,
    List<RunRow> runs,
    AuditView.@Nullable EntryRow entry,
    List<String> differences) {

  static LineageView of(Audit.Lineage lineage, Moments moments) {
    KeyResultReading reading = lineage.reading();
    KeyResult keyResult = lineage.keyResult();
    SealedEntry entry = lineage.entry();
    String unit = keyResult == null ? "" : keyResult.unit();
    return new LineageView(
        reading.id(),
        reading.keyResult(),
        keyResult == null ? reading.keyResult() : keyResult.title(),
        Addresses.keyResult(reading.keyResult()),
        Amount.of(reading.value(), unit),
        Amount.of(reading.previous(), unit),
        reading.reason(),
        moments.at(reading.at()),
        reading.cause().name().toLowerCase(Locale.ROOT),
        reading.run(),
        reading.configVersion(),
        keyResult == null ? null : keyResult.formula(),
        Addresses.why(reading.keyResult(), reading.at()),
        Api.ROOT + "/readings/" + reading.id(),
        reading.inputs().stream().map(each -> input(each, moments)).toList(),
        lineage.measures().stream().map(MeasureText::of).toList(),
        lineage.runs().stream().map(each -> RunRow.of(each, moments)).toList(),
        entry == null ? null : AuditView.row(entry, moments),
        lineage.differences());
  }

  private static KeyResultView.InputRow input(Input input, Moments moments) {
    return KeyResultView.input(input, moments);
  }
}
