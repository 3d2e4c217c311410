package io.okrsync;

import io.okrsync.audit.Finding;
import io.okrsync.connector.Connectors;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** A folder with a configuration and data of its own, and the command line run in it. */
final class Workspace {
  private final Path folder;

  Workspace(Path folder) {
    this.folder = folder;
    write("config/secrets/token", "right-token");
  }

  /** What a command said and how it ended. */
  record Said(int exit, String out, String err) {
    String all() {
      return out + err;
    }
  }

  Said run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--config", config().toString(), "--routes", "routes", "--data", data().toString()));
    return only(all.toArray(String[]::new));
  }

  /** The service at work in this folder. */
  Service service(Clock clock) {
    Folders folders = new Folders();
    folders.config = config();
    return Service.open(
        folders, StoreSettings.inFolder(data()), name -> null, clock, run -> {}, run -> {});
  }

  /** What a check of the whole ledger finds, while no service is at work in it. */
  List<Finding> findings() {
    try (Store store = Store.open(StoreSettings.inFolder(data()));
        Connectors connectors = new Connectors(Path.of("routes"), Clock.systemUTC())) {
      connectors.start();
      StoredSetups setups = new StoredSetups(store.evidence(), connectors, name -> null);
      return new Verification(store.evidence(), setups, List.of()).run().findings();
    }
  }

  /** With these arguments and no folders. */
  static Said only(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(arguments);
    return new Said(exit, out.toString(), err.toString());
  }

  Path config() {
    return folder.resolve("config");
  }

  Path data() {
    return folder.resolve("data");
  }

  Path write(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One CRM, three measures, and two key results. */
  Workspace withCrm(String url) {
    write(
        "config/sources.yaml",
        """
        sources:
          crm:
            connector: pipedrive-deals
            with: { baseUrl: "%s", apiToken: "{{file:secrets/token}}" }
            every: 15m
            overlap: 10m
            freshness: { warn: 1h, error: 6h }
        """
            .formatted(url));
    write(
        "config/measures.yaml",
        """
        measures:
          deals_won:  { from: crm, where: status == 'won',  at: wonAt,  count: true }
          deals_lost: { from: crm, where: status == 'lost', at: lostAt, count: true }
          revenue:    { from: crm, where: status == 'won',  at: wonAt,  sum: value, currency: currency, in: USD }
        """);
    okrs("100.0 * deals_won / (deals_won + deals_lost)");
    return this;
  }

  /** Of a company that counts what its sales reach: these key results. */
  void salesOkrs(String keyResults) {
    write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31 }
        objectives:
          - id: company
            title: Become the first choice
            owner: Acme
            keyResults:
              - { id: from-sales, title: Sales does its part, child: sales }
          - id: sales
            title: Win the right customers
            owner: sales
            keyResults:
        """
            + keyResults.indent(6));
  }

  void okrs(String winRate) {
    write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta }
        objectives:
          - id: close-better-deals
            title: Close more of the right deals
            owner: sales
            keyResults:
              - id: win-rate
                title: Raise the win rate from 18% to 25%
                formula: {WIN_RATE}
                baseline: 18
                target: 25
                unit: "%"
              - id: revenue
                title: Sell for 500 USD
                formula: revenue
                baseline: 0
                target: 500
                unit: USD
        """
            .replace("{WIN_RATE}", winRate));
  }
}
