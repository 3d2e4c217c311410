-- The body of a version that is no longer true may be pruned, when its source is kept for some time only. Then the version names
-- the audit entry that tells of it, and keeps its hash; what it added to measures stays.
alter table record_version alter column body drop not null;
alter table record_version add column pruned_by bigint;

-- As of which runs a measure cannot be read, since bodies were pruned before it was built from them: from after the one run
-- until before the other.
create table lost_runs (
  measure   bigint not null references measure_version,
  after_run bigint not null,
  until_run bigint not null,
  primary key (measure, after_run)
);
