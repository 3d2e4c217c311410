-- Never more than one open version of a record.
alter table record_version add primary key (source, record_id, since_run);
create unique index record_version_open on record_version (source, record_id)
  where until_run is null;

-- H2 would keep an index for this key, which costs every contribution; there verify alone looks for those of no measure.
alter table contribution add foreign key (measure) references measure_version;
