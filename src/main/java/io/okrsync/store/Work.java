package io.okrsync.store;

import io.okrsync.sync.SyncRun;
import org.hibernate.StatelessSession;

/**
 * One transaction: rows of entities by the session, rows in batches by SQL, both over one
 * connection.
 *
 * @param process whose transaction it is
 */
record Work(StatelessSession session, Sql sql, int process) {
  Runs runs() {
    return new Runs(session, process);
  }

  Sources sources() {
    return new Sources(session, sql.isPostgres());
  }

  MeasureVersions measures() {
    return new MeasureVersions(session, sql);
  }

  KeyResultHistory history() {
    return new KeyResultHistory(session, sql);
  }

  Configurations configurations() {
    return new Configurations(session);
  }

  CheckIns checkIns() {
    return new CheckIns(session);
  }

  IntakeRequests intake() {
    return new IntakeRequests(sql);
  }

  Statements statements() {
    return new Statements(session);
  }

  AuditLog audit() {
    return new AuditLog(session);
  }

  Records records(String source) {
    return new Records(sql, source);
  }

  EndedVersions ended(String source) {
    return new EndedVersions(sql, source);
  }

  Contributions contributions() {
    return new Contributions(sql);
  }

  LostRuns lostRuns() {
    return new LostRuns(sql);
  }

  PopulationRows population(String source) {
    return new PopulationRows(sql, source);
  }

  DailyTotals dailyTotals(String source) {
    return new DailyTotals(sql, source);
  }

  RunDifferences differences() {
    return new RunDifferences(sql);
  }

  SeenRecords seen(SyncRun run) {
    return new SeenRecords(sql, run.source(), run.id());
  }
}
