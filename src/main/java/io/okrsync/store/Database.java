package io.okrsync.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The database at work: everything is done in transactions, which hold as a whole or not at all.
 */
final class Database implements AutoCloseable {
  private final HikariDataSource pool;
  private final SessionFactory sessions;
  private final Presence presence;
  private final Complaint complaint;

  private final boolean isNew;

  Database(
      HikariDataSource pool,
      SessionFactory sessions,
      Presence presence,
      Complaint complaint,
      boolean isNew) {
    this.isNew = isNew;
    this.complaint = complaint;
    this.pool = pool;
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

  private RuntimeException inWords(RuntimeException failure) {
    @Nullable StoreUnavailable lost = complaint.lost(failure);
    return lost == null ? failure : lost;
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
   * @throws StoreUnavailable where the database is gone, or full
   */
  <T> T get(Question<T> question) {
    // An interrupted thread is let through: it comes to write down that it was interrupted.
    boolean interrupted = Thread.interrupted();
    try (StatelessSession session = sessions.openStatelessSession()) {
      return committed(session, question);
    } catch (RuntimeException failure) {
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
    pool.close();
  }
}
