-- A version says already by which run it was written, so a run which reads everything notes only the
-- ids it has seen without writing a version of them. Noted once per record and source: the next such
-- run takes the row over, and nothing has to be cleared away.
create table seen_record (
  source    varchar not null,
  record_id varchar not null,
  run       bigint not null, -- the last that noted it
  primary key (source, record_id)
);
insert into seen_record
  select r.source, s.record_id, s.run from record_seen s join sync_run r on r.id = s.run
  where s.run in (select unfinished_run from source_state);

-- How many different ids a run has seen, and of how many of them the record is there.
alter table sync_run add seen bigint default 0 not null;
alter table sync_run add seen_there bigint default 0 not null;
update sync_run set
  seen = (select count(*) from record_seen s where s.run = sync_run.id),
  seen_there = (
    select count(*) from record_seen s
    join record_version v
      on v.source = sync_run.source and v.record_id = s.record_id and v.until_run is null
    where s.run = sync_run.id)
where id in (select unfinished_run from source_state);

drop table record_seen;
