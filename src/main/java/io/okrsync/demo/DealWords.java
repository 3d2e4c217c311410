package io.okrsync.demo;

import java.util.List;

/** What deals are about, who with, and why they are lost. */
final class DealWords {
  private static final List<String> LEGAL_FORMS = List.of("PT ", "PT ", "PT ", "CV ", "", "");
  private static final List<String> NAMES =
      List.of(
          "Sinar Abadi",
          "Samudra Logistik",
          "Kencana Retail",
          "Borneo Agro",
          "Garuda Pangan",
          "Cakrawala Medika",
          "Mitra Bangunan",
          "Surya Tekstil",
          "Nusa Kargo",
          "Anugerah Farma",
          "Rimba Energi",
          "Pelita Finansial",
          "Bahari Seafood",
          "Tirta Hotel",
          "Merapi Coffee",
          "Northwind Foods",
          "Harbour Freight Asia",
          "Lindqvist Systems",
          "Okafor Pharma",
          "Meridian Clinics",
          "Alpine Tools",
          "Castellano Group",
          "Redwood Schools",
          "Tanaka Parts",
          "Delta Insurance",
          "Blue Lantern Travel",
          "Straits Capital",
          "Vega Telecom",
          "Kolibri Media",
          "Orchard Grocers");
  private static final List<String> PLACES =
      List.of("", "", "", " Jakarta", " Surabaya", " Bandung", " Medan", " Singapore", " Asia");
  private static final List<String> PRODUCTS =
      List.of(
          "Analytics, 25 seats",
          "Analytics, 60 seats",
          "Analytics, 120 seats",
          "Data pipeline",
          "Lisensi tahunan",
          "Dashboard rollout",
          "Paket Bisnis",
          "Paket Enterprise",
          "Warehouse migration",
          "Add-on: forecasting",
          "Perpanjangan kontrak",
          "Pilot 3 bulan");
  private static final List<String> REASONS =
      List.of(
          "Price",
          "Price",
          "No budget this year",
          "Chose a competitor",
          "Chose a competitor",
          "No reply",
          "No reply",
          "Anggaran ditunda",
          "Missing feature",
          "Project cancelled");

  private final Dice dice;

  DealWords(Dice dice) {
    this.dice = dice;
  }

  /** A company's number, from 1; the same number always names the same company. */
  int organization() {
    return dice.between(1, LEGAL_FORMS.size() * NAMES.size());
  }

  String title(int organization) {
    String form = LEGAL_FORMS.get(organization % LEGAL_FORMS.size());
    String name = NAMES.get(organization % NAMES.size());
    String place = PLACES.get(organization % PLACES.size());
    return form + name + place + " · " + dice.one(PRODUCTS);
  }

  String lostReason() {
    return dice.one(REASONS);
  }
}
