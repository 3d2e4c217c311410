package io.okrsync.demo;

import java.util.List;
import java.util.Locale;

/**
 * Somebody who works at the demo's company, Lentera Data of Jakarta.
 *
 * @param number the id in the CRM
 * @param accountId the id in the issue tracker
 */
record Person(int number, String name, String accountId) {
  static final List<Person> SALES =
      List.of(
          new Person(101, "Sari Wulandari", "63a1f0c2b7d94e10"),
          new Person(102, "Bagus Pratama", "63a1f0c2b7d94e11"),
          new Person(103, "Made Suardana", "63a1f0c2b7d94e12"),
          new Person(104, "Grace Tan", "63a1f0c2b7d94e13"),
          new Person(105, "Yusuf Hakim", "63a1f0c2b7d94e14"),
          new Person(106, "Elena Petrova", "63a1f0c2b7d94e15"));

  static final List<Person> ENGINEERS =
      List.of(
          new Person(201, "Rizky Ananda", "70b4c8d1e2f35a20"),
          new Person(202, "Putri Maharani", "70b4c8d1e2f35a21"),
          new Person(203, "Tomas Herrera", "70b4c8d1e2f35a22"),
          new Person(204, "Wayan Adnyana", "70b4c8d1e2f35a23"),
          new Person(205, "Aisha Rahman", "70b4c8d1e2f35a24"),
          new Person(206, "Kenji Mori", "70b4c8d1e2f35a25"),
          new Person(207, "Dewi Anggraini", "70b4c8d1e2f35a26"),
          new Person(208, "Hendra Gunawan", "70b4c8d1e2f35a27"));

  /** Whom the service reads the issue tracker as. */
  static final Person READER = new Person(301, "OKR Sync", "71c5d9e2f3046b30");

  String email() {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", ".") + "@lentera.example";
  }
}
