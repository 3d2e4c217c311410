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
  private final Disk disk;
  private final boolean isPostgres;
  private final boolean isNew;

  /** Why it could not be used the last time that it could not; null while it can. */
  private volatile @Nullable StoreUnavailable lost;

  Database(
      Connections connections,
      SessionFactory sessions,
      Presence presence,
      Complaint complaint,
      Disk disk,
      boolean isPostgres,
      boolean isNew) {
    this.isPostgres = isPostgres;
    this.disk = disk;
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
    if (failure instanceof StoreUnavailable known) {
      return known;
    }
    @Nullable StoreUnavailable gone = noted(failure);
    if (gone != null) {
      return gone;
    }
    return failure instanceof RuntimeException planned
        ? planned
        : new IllegalStateException("the database could not be reached", failure);
  }

  /** Sees to other connections where the database is lost; null for any other failure. */
  private @Nullable StoreUnavailable noted(Throwable failure) {
    @Nullable StoreUnavailable gone = complaint.lost(failure);
    if (gone != null) {
      lost = gone;
      if (disk.problem().isEmpty()) { // or opening the file might fail half way
        connections.replace();
      }
    }
    return gone;
  }

  /**
   * Why nothing, or no record, can be stored; empty where all can. But for the disk it is known
   * from what failed before, and tried again only then.
   */
  synchronized Optional<String> problem() {
    Optional<String> ofDisk = disk.problem();
    if (lost == null || ofDisk.isPresent()) {
      return ofDisk;
    }
    try {
      change(Database::write);
      lost = null;
      return Optional.empty();
    } catch (StoreUnavailable still) {
      return Optional.of(String.valueOf(still.getMessage()));
    }
  }

  /** Whether only another process can use the database again. */
  boolean isStuck() {
    return connections.areStuck();
  }

  /** Writes, and leaves everything as it was. */
  private static boolean write(Work work) throws SQLException {
    work.sql().update("insert into source_turn values (?, ?)", NO_SOURCE, Instant.EPOCH);
    work.sql().update("delete from source_turn where source = ?", NO_SOURCE);
    return true;
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
   * Changes something in a transaction.
   *
   * @throws StoreUnavailable as {@link #get} does, and where its disk has no room
   */
  <T> T change(Question<T> question) {
    disk.requireForAnything();
    return get(question);
  }

  /**
   * Answers a question in a transaction.
   *
   * @throws StoreUnavailable where the database is gone, full, or takes no changes
   */
  <T> T get(Question<T> question) {
    return get(question, false);
  }

  /** The same of several questions that must see one moment, whatever others change meanwhile. */
  <T> T atOneMoment(Question<T> question) {
    return get(question, true);
  }

  private <T> T get(Question<T> question, boolean atOneMoment) {
    // An interrupted thread is let through: it comes to write down that it was interrupted.
    boolean interrupted = Thread.interrupted();
    try (Connection connection = connections.lend();
        StatelessSession session = sessions.openStatelessSession(connection)) {
      if (atOneMoment) { // until the connection is given back
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      return committed(connection, session, question);
    } catch (SQLException | RuntimeException failure) {
      throw inWords(failure);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void run(Action action) {
    change(
        work -> {
          action.run(work);
          return true;
        });
  }

  private <T> T committed(Connection connection, StatelessSession session, Question<T> question) {
    Transaction transaction = session.getTransaction();
    try {
      transaction.begin(); // this fails, too, where the connection was ended meanwhile
      T answer =
          session.doReturningWork(
              lent ->
                  question.ask(
                      new Work(session, new Sql(lent, disk, isPostgres), presence.self())));
      transaction.commit();
      return answer;
    } catch (RuntimeException | Error failure) {
      @Nullable StoreUnavailable known = lost;
      boolean isReplaced = known != null && connections.wasEnded(connection);
      // Who finds out late must not end the connections that took the place of this one.
      @Nullable StoreUnavailable gone = isReplaced ? known : noted(failure);
      if (gone != null) {
        throw gone; // there is nothing left to roll back
      }
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

  /** Whether other processes may use it at the same time. */
  boolean isShared() {
    return isPostgres;
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
