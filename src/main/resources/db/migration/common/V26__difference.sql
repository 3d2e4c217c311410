-- From when on a run would have read if it had asked for what changed; null where it could not.
alter table sync_run add due_at timestamp(6) with time zone;

-- What a run found about a record that its counts alone do not tell: that it is gone, that it came
-- back, or that an earlier run should have brought it.
create table difference (
  run        bigint not null references sync_run,
  source     varchar not null,
  record_id  varchar not null,
  what       varchar not null,            -- ADDED, CHANGED, REMOVED, RETURNED
  marked     boolean not null,            -- the source said so; otherwise the record did not come
  missed     boolean not null,            -- an earlier run should have brought it
  changed_at timestamp(6) with time zone, -- when it changed, by the source; null where it does not tell
  primary key (run, record_id)
);
create index difference_by_source on difference (source, run);
