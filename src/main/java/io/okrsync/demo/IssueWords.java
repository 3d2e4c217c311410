package io.okrsync.demo;

import java.util.List;

/** What issues say. */
final class IssueWords {
  private static final List<String> PLACES =
      List.of(
          "the invoice page",
          "halaman login",
          "the mobile dashboard",
          "ekspor CSV",
          "the alert list",
          "pencarian",
          "the API gateway",
          "the nightly import",
          "laporan bulanan",
          "user settings",
          "the pricing calculator",
          "notifikasi e-mail",
          "the onboarding tour",
          "grafik penjualan",
          "the audit log",
          "role permissions");
  private static final List<String> FAULTS =
      List.of(
          "%s times out with many rows",
          "Wrong total on %s",
          "%s kosong setelah refresh",
          "Crash when opening %s",
          "%s ignores the time zone",
          "Duplicate entries in %s",
          "%s menampilkan data lama",
          "Typo and broken layout in %s");
  private static final List<String> WISHES =
      List.of(
          "Let a team lead share %s",
          "Filter by region in %s",
          "Show trends in %s",
          "Dark mode for %s",
          "Tambah pratinjau di %s",
          "Bulk edit in %s",
          "Simpan tampilan untuk %s",
          "Keyboard shortcuts for %s");
  private static final List<String> CHORES =
      List.of(
          "Upgrade the libraries behind %s",
          "Write a runbook for %s",
          "Rapikan pengujian %s",
          "Measure the response time of %s",
          "Move %s to the new cluster",
          "Review access to %s");
  private static final List<String> LABELS =
      List.of("mobile", "billing", "api", "onboarding", "security", "performance", "customer");

  private final Dice dice;

  IssueWords(Dice dice) {
    this.dice = dice;
  }

  String summary(Tracker.Type type) {
    List<String> patterns =
        type.equals(Tracker.BUG) ? FAULTS : type.equals(Tracker.STORY) ? WISHES : CHORES;
    String text = dice.one(patterns).replace("%s", dice.one(PLACES));
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** None, one or two, in the order of the alphabet. */
  List<String> labels() {
    return LABELS.stream().filter(label -> dice.chance(0.12)).limit(2).sorted().toList();
  }
}
