package io.okrsync.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The database at work: everything is done in transactions, which hold as a whole or not at all.
 */
final class Database implements AutoCloseable {
  private static final String NO_SOURCE = "";

  private final Connections connections;
  private final SessionFactory sessions;
  private final Presence presence;
  private final Complaint complaint;
  private final boolean isNew;

  /** Why it could not be used the last time that it could not; null while it can. */
  private volatile @Nullable StoreUnavailable lost;

  Database(
      Connections connections,
      SessionFactory sessions,
      Presence presence,
      Complaint complaint,
      boolean isNew) {
    this.isNew = isNew;
    this.complaint = complaint;
    this.connections = connections;
    this.sessions = sessions;
    this.presence = presence;
  }

  /** Which processes use it. */
  Presence presence() {
    return presence;
  }

  /** See {@link Presence#announce}. */
  void announce() {
    try {
      presence.announce();
    } catch (RuntimeException failure) {
      throw inWords(failure);
    }
  }

  private RuntimeException inWords(Exception failure) {
    @Nullable StoreUnavailable gone = complaint.lost(failure);
    if (gone != null) {
      lost = gone;
      connections.renew();
      return gone;
    }
    return failure instanceof RuntimeException planned
        ? planned
        : new IllegalStateException("the database could not be reached", failure);
  }

  /**
   * Why nothing can be stored; empty where something can. It is known from what failed before, and
   * tried again only then.
   */
  synchronized Optional<String> problem() {
    if (lost == null) {
      return Optional.empty();
    }
    try {
      run(Database::write);
      lost = null;
      return Optional.empty();
    } catch (StoreUnavailable still) {
      return Optional.of(String.valueOf(still.getMessage()));
    }
  }

  /** Writes, and leaves everything as it was. */
  private static void write(Work work) throws SQLException {
    work.sql().update("insert into source_turn values (?, ?)", NO_SOURCE, Instant.EPOCH);
    work.sql().update("delete from source_turn where source = ?", NO_SOURCE);
  }

  /** What is done in a transaction, with a result. */
  interface Question<T> {
    T ask(Work work) throws SQLException;
  }

  /** What is done in a transaction. */
  interface Action {
    void run(Work work) throws SQLException;
  }

  /**
   * Answers a question in a transaction.
   *
   * @throws StoreUnavailable where the database is gone, full, or takes no changes
   */
  <T> T get(Question<T> question) {
    // An interrupted thread is let through: it comes to write down that it was interrupted.
    boolean interrupted = Thread.interrupted();
    try (Connection connection = connections.lend();
        StatelessSession session = sessions.openStatelessSession(connection)) {
      return committed(session, question);
    } catch (SQLException | RuntimeException failure) {
      throw inWords(failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void run(Action action) {
    get(
        work -> {
          action.run(work);
          return true;
        });
  }

  private static <T> T committed(StatelessSession session, Question<T> question) {
    Transaction transaction = session.beginTransaction();
    try {
      T answer =
          session.doReturningWork(
              connection -> question.ask(new Work(session, new Sql(connection))));
      transaction.commit();
      return answer;
    } catch (RuntimeException | Error failure) {
      rollBack(transaction, failure);
      throw failure;
    }
  }

  private static void rollBack(Transaction transaction, Throwable why) {
    try {
      transaction.rollback();
    } catch (RuntimeException second) {
      why.addSuppressed(second);
    }
  }

  /** Whether it is a file that this made. */
  boolean isNew() {
    return isNew;
  }

  /** Takes effect when it is closed; nobody else can have opened the file until then. */
  void deleteFiles() {
    run(work -> work.sql().update("drop all objects delete files"));
  }

  @Override
  public void close() {
    sessions.close();
    presence.close();
    connections.close();
  }
}
