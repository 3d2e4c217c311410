package io.okrsync;

import io.okrsync.store.Evidence;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code export access --to FILE}: who can do what, as far as the product knows, and who did. */
@Command(
    name = "access",
    description =
        "Writes as CSV who can read and change what, and who has done what by the log. There are no"
            + " accounts: what is not told by name is told by where it comes from.")
final class ExportAccess implements Callable<Integer> {
  @Mixin ExportTarget target = new ExportTarget();
  @Mixin Folders folders = new Folders();
  @Mixin Database database = new Database();
  @Mixin Sealing sealing = new Sealing();
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path data = folders.dataOr("data");
    StoreSettings settings = database.existing(data);
    String key =
        sealing
            .existingKey(data)
            .map(it -> "the signing key " + it.id())
            .orElse("the signing key, once it is made");
    try (Store store = Store.open(settings)) {
      String owner = settings.isPostgres() ? "the database" : held(data);
      target.csv(store, "access", csv -> write(store.evidence(), owner, key, csv));
      spec.commandLine().getOut().println(target.name() + ": who can do what, and who did");
      return Main.OK;
    }
  }

  private void write(Evidence evidence, String owner, String key, SafeCsv csv) {
    csv.line("who", "may or did", "what", "told apart by", "first", "last", "times");
    can(
        csv,
        "whoever reaches the web address of 'serve'",
        "read and change everything on the pages and by REST",
        "nothing: there are no accounts and no tokens; people give their names");
    can(
        csv,
        "whoever signs a push",
        "send records to the source that the secret is for",
        "the secret of the source");
    can(
        csv,
        "whoever can write to config/",
        "define what is measured",
        "the operating system; each loaded configuration is audited");
    can(
        csv,
        "whoever can write to " + owner,
        "change what is stored; 'verify' names it, but for those who also have the signing key and"
            + " every copy of the checkpoints",
        "the operating system or the database");
    can(
        csv,
        "whoever can read " + owner + ", or a copy of it",
        "read everything that is stored; secrets are not",
        "the operating system or the database");
    can(csv, "whoever can read " + key, "sign checkpoints and packs", "the operating system");
    can(
        csv,
        "whoever can write to the checkpoints",
        "cut them off; those that were kept elsewhere tell",
        "the operating system");
    evidence
        .actors()
        .forEach(
            it ->
                csv.line(
                    it.actor(), "did", it.action(), "the log", it.first(), it.last(), it.times()));
  }

  private static void can(SafeCsv csv, String who, String what, String by) {
    csv.line(who, "may", what, by, null, null, null);
  }

  /** The folder and, where the system tells, whose it is. */
  private static String held(Path data) throws IOException {
    if (!data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return "the data folder";
    }
    return "the data folder (owner %s, %s)"
        .formatted(
            Files.getOwner(data).getName(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
  }
}
