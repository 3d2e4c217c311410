-- What a run was for, and the last change that a backfill takes.
alter table sync_run add kind varchar default 'SYNC' not null;
alter table sync_run add until_at timestamp(6) with time zone;
