-- Never more than one open version of a record.
create unique index record_version_open on record_version (source, record_id)
  where until_run is null;
