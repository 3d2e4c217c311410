package io.okrsync.store;

import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence for people why the database cannot be used, and what to do. */
final class Complaint {
  /** An error while its file is written or read. */
  private static final int H2_CANNOT_WRITE = 90031;

  /** Of PostgreSQL: it takes no changes, or not from this user; of H2 the same two. */
  private static final Set<String> READ_ONLY = Set.of("25006", "42501", "90097", "90096");

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

  /** The same of a database that was open, where it is gone or full; null for any other failure. */
  @Nullable StoreUnavailable lost(Throwable failure) {
    SQLException sql = cause(SQLException.class, failure);
    if (sql == null) {
      return null;
    }
    String state = String.valueOf(sql.getSQLState());
    boolean gone = settings.isPostgres() ? isGone(state) : sql.getErrorCode() == H2_CANNOT_WRITE;
    boolean full = state.equals("53100");
    if (!gone && !full) {
      return null;
    }
    boolean disk = full || !settings.isPostgres();
    return new StoreUnavailable(
        "The database %s cannot be used any more: %s (see whether %s). What was stored stays, and a run that was at work goes on from there with the next one."
            .formatted(
                settings,
                firstLine(root(sql)),
                disk ? "its disk is full" : "it runs and can be reached"),
        failure);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /** The connection broke, or the server is on its way down or up. */
  private static boolean isGone(String state) {
    return state.startsWith("08") || state.startsWith("57P0");
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
              + " is in use by another process; stop the other OKR Sync, or name another data"
              + " folder.";
      case 28000 ->
          settings + " was made with another user or password; give the ones it was made with.";
      case 90030 ->
          settings
              + " is damaged, or no database; put a backup in its place, or move it away to begin"
              + " with nothing.";
      case 90048 ->
          settings
              + " was written by a newer version of OKR Sync; start that one, or put a backup in"
              + " its place.";
      default -> null;
    };
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
