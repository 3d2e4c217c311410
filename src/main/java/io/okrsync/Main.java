package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Language;
import io.okrsync.store.StoreMissing;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.web.Json;
import io.okrsync.web.WebUnavailable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 all well, 1 something failed and was said, 2 wrong usage or
 * configuration.
 */
@Command(
    name = "okr-sync",
    description = "Keeps key results true without anyone typing numbers.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Main.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:something failed; it is said what",
      "2:wrong usage or configuration"
    })
public final class Main implements Runnable {
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          ServeCommand.class,
          SyncCommand.class,
          RunCommand.Backfill.class,
          RunCommand.Census.class,
          RunCommand.Reconcile.class,
          DecideCommand.Release.class,
          DecideCommand.Discard.class,
          ValidateCommand.class,
          TestCommand.class,
          PlanCommand.class,
          StatusCommand.class,
          CheckInCommand.class,
          StateCommand.class,
          NextCycleCommand.class,
          ExplainCommand.class,
          ReceiptCommand.class,
          ReplayCommand.class,
          RestatementsCommand.class,
          ExportCommand.class,
          LogCommand.class,
          VerifyCommand.class,
          CheckpointCommand.class,
          PruneCommand.class,
          ConnectorsCommand.class,
          CatalogueCommand.class);

  /** How picocli calls one. */
  private static final String NO_NUMBER = "(?<=' is not )an? (long|int)$";

  static final int OK = 0;
  static final int FAILED = 1;
  static final int REFUSED = 2;

  @Spec CommandSpec spec;

  private Main() {}

  /** Nothing was asked for. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: 'demo' shows it with generated data, 'serve' runs it with your config/.");
  }

  /**
   * Ends by itself when all is well: a service that is told to stop comes to its end while the
   * process is ending already, and would wait for itself if it asked for the end once more.
   */
  public static void main(String[] arguments) {
    // What most commands need, whatever their options are; describing the command needs one core
    // and takes as long.
    CompletableFuture<?> log = CompletableFuture.runAsync(LoggerFactory::getILoggerFactory);
    var unused = log.thenRunAsync(Language::prepare);
    CommandLine line = commandLine(arguments);
    log.join();
    int exit = line.execute(arguments);
    if (exit != OK) {
      System.exit(exit);
    }
  }

  /** With the command that these arguments begin with; with all, where they name none. */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    // What describes a command is put together by reflection; for all it takes a part of a start.
    COMMANDS.stream()
        .filter(it -> arguments.length > 0 && nameOf(it).equals(arguments[0]))
        .findFirst()
        .map(it -> List.<Class<?>>of(it))
        .orElse(COMMANDS)
        .forEach(line::addSubcommand);
    return line.setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler(Main::said)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static String nameOf(Class<?> command) {
    return requireNonNull(command.getAnnotation(Command.class), "a command is annotated").name();
  }

  /** What everybody measures time by; the demo has a clock of its own. */
  static Clock clock() {
    return Clock.systemUTC();
  }

  /** Says what is wrong and where to read on, since all of the usage would bury it. */
  private static int misused(ParameterException wrong, String[] arguments) {
    CommandLine line = wrong.getCommandLine();
    String what = String.valueOf(wrong.getMessage()).replaceFirst(NO_NUMBER, "a whole number");
    line.getErr().println(what);
    UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
    line.getErr().printf("See '%s --help'.%n", line.getCommandSpec().qualifiedName());
    if (List.of(arguments).contains("--json")) {
      line.getOut().println(Json.write(Map.of("error", what)));
    }
    return REFUSED;
  }

  /** Says what failed. Only a failure that nobody planned shows where it came from. */
  private static int said(Exception failure, CommandLine line, ParseResult parsed)
      throws Exception {
    boolean json = parsed.subcommand() != null && parsed.subcommand().hasMatchedOption("--json");
    if (failure instanceof ConfigurationRefused refused) {
      line.getErr().println(failure.getMessage());
      if (json) {
        line.getOut().println(Json.write(Map.of("problems", refused.problems())));
      }
      return REFUSED;
    }
    if (failure instanceof StoreMissing) {
      complain(String.valueOf(failure.getMessage()), line, json);
      return REFUSED;
    }
    if (failure instanceof StoreUnavailable || failure instanceof WebUnavailable) {
      complain(String.valueOf(failure.getMessage()), line, json);
      return FAILED;
    }
    if (failure instanceof FileSystemException file) {
      complain("%s cannot be read or written: %s".formatted(file.getFile(), why(file)), line, json);
      return FAILED;
    }
    if (failure instanceof IOException) {
      complain(String.valueOf(failure.getMessage()), line, json);
      return FAILED;
    }
    throw failure;
  }

  private static String why(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    return failure instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(failure.getReason());
  }

  private static void complain(String what, CommandLine line, boolean json) {
    line.getErr().println(what);
    if (json) {
      line.getOut().println(Json.write(Map.of("error", what)));
    }
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"OKR Sync " + text()};
    }

    static String text() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "(not packaged)" : version;
    }
  }
}
