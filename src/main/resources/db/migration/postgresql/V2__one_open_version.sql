-- Never more than one open version of a record.
alter table record_version add primary key (source, record_id, since_run);
create unique index record_version_open on record_version (source, record_id)
  where until_run is null;

-- What a run opened. Without the record in it, it would be taken for one contribution too until the table is analyzed.
create index contribution_opened on contribution (measure, since_run, record_id);
-- What a run closed, which is little of what there is.
create index contribution_closed on contribution (measure, until_run)
  where until_run is not null;
