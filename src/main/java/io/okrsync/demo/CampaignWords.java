package io.okrsync.demo;

import java.util.List;

/** What campaigns are called and say. */
final class CampaignWords {
  /** Title inside the company, subject line, preview. */
  record Text(String title, String subject, String preview) {}

  static final List<Text> NEWSLETTERS =
      List.of(
          new Text("Kabar Lentera", "Data minggu ini: yang berubah", "Tiga hal untuk dibaca"),
          new Text("Kabar Lentera", "Cara tim retail membaca stok", "Cerita dari Surabaya"),
          new Text("Kabar Lentera", "Five dashboards people really open", "And two nobody does"),
          new Text("Kabar Lentera", "Mengukur yang penting saja", "Panduan singkat OKR"),
          new Text("Kabar Lentera", "What a good forecast costs", "Numbers from 40 customers"),
          new Text("Kabar Lentera", "Dari spreadsheet ke gudang data", "Pelajaran enam bulan"));

  static final List<Text> OFFERS =
      List.of(
          new Text("Product update", "New: alerts that explain themselves", "Live in your account"),
          new Text("Webinar", "Webinar Kamis: forecasting tanpa pusing", "Gratis, 45 menit"),
          new Text("Trial tips", "Sambungkan sumber data pertamamu", "Selesai dalam 10 menit"),
          new Text("Customer story", "How a clinic group cut its reports by half", "Read in 4 min"),
          new Text("Promo", "Diskon paket Bisnis sampai akhir bulan", "Untuk pelanggan setia"),
          new Text("Event", "Meet us at Data Day Jakarta", "Kursi terbatas"));

  private CampaignWords() {}
}
