package io.okrsync.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence for people why the database cannot be used, and what to do. */
final class Complaint {
  /** Of H2: an error while its file is written or read, and what others hear after it. */
  private static final Set<Integer> H2_CANNOT_WRITE = Set.of(90028, 90031, 90098);

  private static final String READ_ONLY_TRANSACTION = "25006";

  /** Of PostgreSQL: it takes no changes, or not from this user; of H2 the same two. */
  private static final Set<String> READ_ONLY =
      Set.of(READ_ONLY_TRANSACTION, "42501", "90097", "90096");

  private static final String LET_WRITE =
      "let it take changes again, or name the server that takes them";

  /** Of PostgreSQL: who comes, where to, or how many. */
  private static final Set<String> REFUSED = Set.of("28", "3D000", "53300");

  /** To be said of a run that was at work. */
  static final String KEPT =
      " What was stored stays, and a run that was at work goes on from there with the next one.";

  private static final int MOST_CAUSES = 50;
  private static final String SEE_DISK = "see whether its disk is full";

  private final StoreSettings settings;

  Complaint(StoreSettings settings) {
    this.settings = settings;
  }

  /** Whether something failed because nobody, or not this user, may write. */
  static boolean isReadOnly(Throwable failure) {
    SQLException sql = cause(SQLException.class, failure);
    return sql != null && READ_ONLY.contains(String.valueOf(sql.getSQLState()));
  }

  StoreUnavailable about(Throwable failure) {
    return new StoreUnavailable(sentence(failure), failure);
  }

  /**
   * The same of a database that was open, where it is gone, full, or takes no changes; null for any
   * other failure.
   */
  @Nullable StoreUnavailable lost(Throwable failure) {
    SQLException sql = cause(SQLException.class, failure);
    if (sql == null) {
      return null;
    }
    String state = String.valueOf(sql.getSQLState());
    if (settings.isPostgres() && REFUSED.stream().anyMatch(state::startsWith)) {
      return new StoreUnavailable(postgres(sql) + KEPT, failure);
    }
    String advice = settings.isPostgres() ? postgresNow(state) : h2Now(failure);
    return advice == null
        ? null
        : new StoreUnavailable(
            "The database %s cannot be used any more: %s (%s).%s"
                .formatted(settings, rootLine(sql), advice, KEPT),
            failure);
  }

  private static @Nullable String h2Now(Throwable failure) {
    if (isReadOnly(failure)) {
      return LET_WRITE;
    }
    return everyCause(failure).anyMatch(Complaint::cannotWrite) ? SEE_DISK : null;
  }

  private static boolean cannotWrite(Throwable cause) {
    return cause instanceof MVStoreException
        || cause instanceof SQLException sql && H2_CANNOT_WRITE.contains(sql.getErrorCode());
  }

  private static @Nullable String postgresNow(String state) {
    if (state.equals(READ_ONLY_TRANSACTION)) {
      return LET_WRITE;
    }
    if (state.equals("53100") || state.startsWith("58")) {
      return SEE_DISK;
    }
    if (state.equals("42P01")) {
      return "its tables are gone; put a backup in its place, or start OKR Sync again to make new"
          + " ones";
    }
    return isGone(state) ? "see whether it runs and can be reached" : null;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String rootLine(SQLException failure) {
    Throwable root = root(failure);
    return root.getMessage() == null
        ? root.getClass().getSimpleName()
        : firstLine(root).replaceFirst("; SQL statement:$", "");
  }

  /** The connection broke, or the server is on its way down or up, or short of something. */
  private static boolean isGone(String state) {
    return Stream.of("08", "57P0", "53").anyMatch(state::startsWith);
  }

  /** With those beside one another, of what was done in a batch. */
  private static Stream<Throwable> everyCause(Throwable failure) {
    List<Throwable> found = new ArrayList<>();
    Deque<Throwable> waiting = new ArrayDeque<>(List.of(failure));
    while (!waiting.isEmpty() && found.size() < MOST_CAUSES) {
      Throwable each = waiting.remove();
      found.add(each);
      Stream.of(each.getCause(), each instanceof SQLException sql ? sql.getNextException() : null)
          .flatMap(Stream::ofNullable)
          .filter(it -> !found.contains(it))
          .forEach(waiting::add);
    }
    return found.stream();
  }

  private String sentence(Throwable failure) {
    if (failure instanceof Schema.Unfit unfit) {
      return unfit.getMessage() == null ? "" : settings + " " + unfit.getMessage();
    }
    SQLException sql = cause(SQLException.class, failure);
    if (sql != null) {
      String sentence = settings.isPostgres() ? postgres(sql) : h2(sql);
      return sentence == null ? other(sql) : sentence;
    }
    FlywayException flyway = cause(FlywayException.class, failure);
    if (flyway != null
        && flyway.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return settings + " holds tables of something else; give OKR Sync a database of its own.";
    }
    return other(failure);
  }

  private @Nullable String h2(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case 90020 ->
          settings
              + " is in use by another process: while 'serve' runs, ask and decide by its pages or"
              + " REST; otherwise stop the other OKR Sync, or name another data folder.";
      case 28000 ->
          settings + " was made with another user or password; give the ones it was made with.";
      case 90030 ->
          settings
              + " is damaged, or no database; put a backup in its place, or move it away to begin"
              + " with nothing.";
      case 90028, 90031 -> cannotBeWritten(failure);
      case 90048 ->
          settings
              + " was written by a newer version of OKR Sync; start that one, or put a backup in"
              + " its place.";
      default -> cause(MVStoreException.class, failure) == null ? null : cannotBeWritten(failure);
    };
  }

  private String cannotBeWritten(SQLException failure) {
    return "%s cannot be opened: %s (%s).".formatted(settings, rootLine(failure), SEE_DISK);
  }

  private @Nullable String postgres(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (state.startsWith("28")) {
      return "PostgreSQL refuses the user '%s' at %s; check the user and the password."
          .formatted(settings.user(), settings);
    }
    if (state.startsWith("08")) {
      return "PostgreSQL cannot be reached at %s; start it, or correct the URL."
          .formatted(settings);
    }
    return switch (state) {
      case "3D000" ->
          "There is no database at %s; create it, or correct the URL.".formatted(settings);
      case "42501" ->
          "The user '%s' may not make tables at %s; grant CREATE on its schema."
              .formatted(settings.user(), settings);
      case READ_ONLY_TRANSACTION ->
          "PostgreSQL at %s takes no changes, as a standby does not; name the server that does, or all of them and ?targetServerType=primary."
              .formatted(settings);
      case "57P01", "57P02", "57P03" ->
          "PostgreSQL at %s is starting or stopping; try again in a moment.".formatted(settings);
      case "53300" ->
          "PostgreSQL at %s has no connection left; allow more, or stop another program."
              .formatted(settings);
      default -> null;
    };
  }

  private String other(Throwable failure) {
    return "%s cannot be opened: %s".formatted(settings, firstLine(failure));
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static <T extends Throwable> @Nullable T cause(Class<T> type, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
